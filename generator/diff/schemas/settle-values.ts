import { fits, type Normalise } from "./accepts.ts";
import { FREE, isNothing, type LimitName, type Shape } from "./shape.ts";

/** Of a shape that lists its values, those that its other conditions let through. */
export function settleValues(shape: Shape, normalise: Normalise): Shape {
  const { values } = shape;
  if (!values) return shape;
  const judged = [...values.byText].map(
    ([text, value]) => [text, value, fits(shape, value, normalise)] as const,
  );
  const left = judged.filter(([, , answer]) => answer !== false);
  const isCertain = left.every(([, , answer]) => answer === true);
  const kept = { ...values, byText: new Map(left.map(([text, value]) => [text, value])) };
  return isCertain ? { ...FREE, values: kept } : { ...shape, values: kept };
}

const OPPOSITES: readonly (readonly [LimitName, LimitName])[] = [
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minProperties", "maxProperties"],
  ["minimum", "maximum"],
];

/** False for a shape that nothing can match. */
export function isSatisfiable({ values, limits, required, properties }: Shape): boolean {
  if (values?.byText.size === 0) return false;
  if ([...required.keys()].some((name) => isNothing(properties.get(name)?.term ?? []))) return false;
  return OPPOSITES.every(([lower, upper]) => {
    const [least, most] = [limits.get(lower), limits.get(upper)];
    if (!least || !most || least.value < most.value) return true;
    return least.value === most.value && !least.exclusive && !most.exclusive;
  });
}
