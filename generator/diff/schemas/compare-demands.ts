import type { Json } from "../../load/json.ts";
import { includesPattern } from "../patterns/includes-pattern.ts";
import { valueDifference, type Pair } from "./compare-shapes.ts";
import type { Difference } from "./difference.ts";
import type { Demand, Shape } from "./shape.ts";

/** Keywords of which one schema has one: when it is another one now, how the two relate is not told by either alone. */
const SINGLE: ReadonlySet<string> = new Set([
  "pattern",
  "format",
  "multipleOf",
  "contains",
  "not",
  "if",
  "oneOf",
  "schema",
  "propertyNames",
  "dependentSchemas",
  "unevaluatedItems",
]);

/** Keywords that may let more or less through, whatever was added or taken away. */
const UNCLEAR: ReadonlySet<string> = new Set([
  "patternProperties",
  "contentEncoding",
  "contentMediaType",
  "discriminator",
  "schema",
]);

/** Conditions that one side has and the other does not imply. */
export function compareDemands(base: Shape, head: Shape, pair: Pair): Difference[] {
  const lost = [...base.demands.values()].filter((demand) => !isImplied(demand, head));
  const gained = [...head.demands.values()].filter((demand) => !isImplied(demand, base));
  const keywords = new Set([...lost, ...gained].map(({ keyword }) => keyword));
  return [...keywords].flatMap((keyword) =>
    ofKeyword(
      keyword,
      lost.filter((demand) => demand.keyword === keyword),
      gained.filter((demand) => demand.keyword === keyword),
      { base, head },
      pair,
    ),
  );
}

function ofKeyword(
  keyword: string,
  lost: readonly Demand[],
  gained: readonly Demand[],
  all: { readonly base: Shape; readonly head: Shape },
  pair: Pair,
): Difference[] {
  const isSingle = lost.length > 0 && gained.length > 0 && SINGLE.has(keyword);
  const isUnclear = UNCLEAR.has(keyword) || isSingle;
  const one = (before: Demand | undefined, after: Demand | undefined): Difference =>
    valueDifference(pair, {
      keyword: nameOf(after ?? before, keyword),
      relation: isUnclear ? "unclear" : before ? "widened" : "narrowed",
      from: told(before, after, all.base),
      to: told(after, before, all.head),
      base: before?.origin,
      head: after?.origin,
    });
  if (isUnclear) return [one(lost[0], gained[0])];
  return [...lost.map((demand) => one(demand, undefined)), ...gained.map((demand) => one(undefined, demand))];
}

/** `type: integer` is a demand for whole numbers. */
function nameOf(demand: Demand | undefined, keyword: string): string {
  return demand?.origin.key === "type" && keyword === "multipleOf" ? "type" : keyword;
}

/**
 * What a side demands, in a message. The side without `type: integer` takes any number; the side that demands less of the same
 * keyword says so.
 */
function told(demand: Demand | undefined, other: Demand | undefined, shape: Shape): Json | undefined {
  if (nameOf(demand ?? other, "") === "type") return demand ? "integer" : "number";
  const shown = demand ?? [...shape.demands.values()].find(({ keyword }) => keyword === other?.keyword);
  if (!shown) return undefined;
  const isWhole = typeof shown.value === "object" || shown.keyword === "not";
  return isWhole ? "other conditions" : shown.value;
}

function isImplied(demand: Demand, { demands }: Shape): boolean {
  return [...demands.values()].some((other) => implies(other, demand));
}

function implies(one: Demand, other: Demand): boolean {
  if (one.keyword !== other.keyword) return false;
  const [a, b] = [one.value, other.value];
  if (one.keyword === "multipleOf" && typeof a === "number" && typeof b === "number")
    return Number.isInteger(a / b);
  if (one.keyword === "pattern" && typeof a === "string" && typeof b === "string")
    return includesPattern(b, a) === true;
  if (one.keyword === "format") return a === b || (a === "date" && b === "partial-date");
  return JSON.stringify(a) === JSON.stringify(b);
}
