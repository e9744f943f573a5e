import { FORMATS } from "../../emit/formats.ts";
import { isList, isObject, type Json, type JsonObject } from "../../load/json.ts";
import { canonicalText } from "./canonical.ts";
import { compareLimits } from "./intersect.ts";
import {
  itemOf,
  memberOf,
  typeOf,
  type Demand,
  type LimitName,
  type Normal,
  type Shape,
  type Term,
} from "./shape.ts";

/** Gives what a term accepts. */
export type Normalise = (term: Term) => Normal;

/** Whether a value is accepted; `undefined` when that cannot be told. */
export function accepts(normal: Normal, value: Json, normalise: Normalise): boolean | undefined {
  return any((normal.get(typeOf(value)) ?? []).map((shape) => fits(shape, value, normalise)));
}

/** The same for one of the shapes of the value's type. */
export function fits(shape: Shape, value: Json, normalise: Normalise): boolean | undefined {
  return all([
    isListed(shape, value),
    ...[...shape.limits].map(([name, limit]) => {
      const size = sizeOf(name, value);
      return size === undefined || compareLimits(name, { value: size, exclusive: false }, limit) >= 0;
    }),
    ...[...shape.demands.values()].map((demand) => meets(demand, value)),
    ...membersFit(shape, value, normalise),
  ]);
}

function isListed({ values }: Shape, value: Json): boolean {
  return values === undefined || values.byText.has(canonicalText(value));
}

/** In the unit of the limit: characters, items, properties, or the number itself. */
function sizeOf(name: LimitName, value: Json): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string") return Array.from(value).length;
  if (isList(value)) return value.length;
  return isObject(value) && name.endsWith("Properties") ? Object.keys(value).length : undefined;
}

function meets({ keyword, value: wanted }: Demand, value: Json): boolean | undefined {
  if (keyword === "multipleOf" && typeof wanted === "number" && typeof value === "number")
    return Number.isInteger(value / wanted);
  if (typeof value !== "string") return undefined;
  if (keyword === "pattern" && typeof wanted === "string") return test(wanted, value);
  if (keyword === "format" && typeof wanted === "string") return FORMATS[wanted]?.test(value);
  return undefined;
}

function test(pattern: string, value: string): boolean | undefined {
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    return undefined;
  }
}

function membersFit(shape: Shape, value: Json, normalise: Normalise): (boolean | undefined)[] {
  if (isList(value))
    return value.map((item, index) => fitsMember(itemOf(shape, index)?.term, item, normalise));
  return isObject(value) ? propertiesFit(shape, value, normalise) : [];
}

function propertiesFit(shape: Shape, value: JsonObject, normalise: Normalise): (boolean | undefined)[] {
  const required = [...shape.required.keys()].map((name) => Object.hasOwn(value, name));
  const members = Object.entries(value).map(([name, item]) =>
    fitsMember(memberOf(shape, name)?.term, item, normalise),
  );
  return [...required, ...members];
}

function fitsMember(term: Term | undefined, value: Json, normalise: Normalise): boolean | undefined {
  return term === undefined || accepts(normalise(term), value, normalise);
}

/** `false` outweighs not knowing. */
function all(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function any(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}
