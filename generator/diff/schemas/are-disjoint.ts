import { fits, type Normalise } from "./accepts.ts";
import { isNothing, memberOf, type Normal, type Shape } from "./shape.ts";

/** How many objects deep a difference is looked for. */
const MAX_DEPTH = 3;

/** True when it is certain that no value is accepted by both. */
export function areDisjoint(a: Normal, b: Normal, normalise: Normalise, depth = 0): boolean {
  return [...a].every(([type, shapes]) =>
    shapes.every((one) =>
      (b.get(type) ?? []).every((other) => shapesAreDisjoint(one, other, normalise, depth)),
    ),
  );
}

function shapesAreDisjoint(a: Shape, b: Shape, normalise: Normalise, depth: number): boolean {
  return (
    valuesAreDisjoint(a, b, normalise) ||
    valuesAreDisjoint(b, a, normalise) ||
    rangesAreDisjoint(a, b) ||
    rangesAreDisjoint(b, a) ||
    demandsAndForbids(a, b) ||
    demandsAndForbids(b, a) ||
    (depth < MAX_DEPTH && differInMember(a, b, normalise, depth))
  );
}

function valuesAreDisjoint({ values }: Shape, other: Shape, normalise: Normalise): boolean {
  return (
    values !== undefined &&
    [...values.byText.values()].every((value) => fits(other, value, normalise) === false)
  );
}

function rangesAreDisjoint(a: Shape, b: Shape): boolean {
  const [least, most] = [a.limits.get("minimum"), b.limits.get("maximum")];
  if (!least || !most) return false;
  return least.value > most.value || (least.value === most.value && (least.exclusive || most.exclusive));
}

function demandsAndForbids(a: Shape, b: Shape): boolean {
  return [...a.required.keys()].some((name) => {
    const member = memberOf(b, name);
    return member !== undefined && isNothing(member.term);
  });
}

function differInMember(a: Shape, b: Shape, normalise: Normalise, depth: number): boolean {
  return [...a.required.keys()].some((name) => {
    const [one, other] = [memberOf(a, name), memberOf(b, name)];
    if (!b.required.has(name) || !one || !other) return false;
    return areDisjoint(normalise(one.term), normalise(other.term), normalise, depth + 1);
  });
}
