import { isList, isObject, type Json, type JsonObject } from "../../load/json.ts";
import { fits } from "./accepts.ts";
import { canonicalText } from "./canonical.ts";
import { compareDemands } from "./compare-demands.ts";
import { compareMembers } from "./compare-members.ts";
import type { Difference } from "./difference.ts";
import { findKeyword } from "./find-keyword.ts";
import { compareLimits } from "./intersect.ts";
import type { Normaliser } from "./normaliser.ts";
import {
  ANYTHING,
  itemOf,
  LOWER_LIMITS,
  UPPER_LIMITS,
  type JsonType,
  type LimitName,
  type Member,
  type Origin,
  type Shape,
  type Term,
  type Values,
} from "./shape.ts";

/** The two schemas that shapes come from, and the means to compare what is within them. */
export interface Pair {
  readonly baseNode: JsonObject | undefined;
  readonly headNode: JsonObject | undefined;
  readonly base: Normaliser;
  readonly head: Normaliser;
  readonly compare: (base: Term, head: Term) => readonly Difference[];
}

/** How two shapes of one type differ. */
export function compareShapes(type: JsonType, base: Shape, head: Shape, pair: Pair): Difference[] {
  if ((base.values === undefined) !== (head.values === undefined)) return compareListing(base, head, pair);
  return [
    // What else holds for listed values is only left where nobody can tell which of them it refuses.
    ...(base.values && head.values ? compareLists(base.values, head.values, pair) : []),
    ...compareSizes(base, head, pair),
    ...compareDemands(base, head, pair),
    ...(type === "array" ? compareItems(base, head, pair) : []),
    ...(type === "object" ? compareMembers(base, head, pair) : []),
  ];
}

/** Where one side lists its values and the other does not. */
function compareListing(base: Shape, head: Shape, pair: Pair): Difference[] {
  if (base.values) {
    const { byText, origin } = base.values;
    const answers = [...byText.values()].map((value) => fits(head, value, pair.head.normalise));
    const relation = answers.every((answer) => answer === true) ? "widened" : "unclear";
    return [valueDifference(pair, { keyword: origin.key, relation, from: listOf(byText), base: origin })];
  }
  if (!head.values) return [];
  const { byText, origin } = head.values;
  const answers = [...byText.values()].map((value) => fits(base, value, pair.base.normalise));
  const relation = answers.every((answer) => answer === true) ? "narrowed" : "unclear";
  return [valueDifference(pair, { keyword: origin.key, relation, to: listOf(byText), head: origin })];
}

function compareLists(base: Values, head: Values, pair: Pair): Difference[] {
  const lost = [...base.byText].filter(([text]) => !head.byText.has(text)).map(([, value]) => value);
  const gained = [...head.byText].filter(([text]) => !base.byText.has(text)).map(([, value]) => value);
  const common = { kind: "listed-values", keyword: head.origin.key } as const;
  const [one, other] = [lost[0], gained[0]];
  return [
    ...(one === undefined
      ? []
      : [
          valueDifference(pair, {
            ...common,
            relation: "narrowed",
            from: lost,
            base: itemOrigin(base, one),
            head: head.origin,
          }),
        ]),
    ...(other === undefined
      ? []
      : [
          valueDifference(pair, {
            ...common,
            relation: "widened",
            to: gained,
            base: base.origin,
            head: itemOrigin(head, other),
          }),
        ]),
  ];
}

/** Where a value of a list is written. */
function itemOrigin({ origin }: Values, value: Json): Origin {
  const list = isList(origin.node) ? null : origin.node[origin.key];
  if (!isList(list)) return origin;
  const index = list.findIndex((item) => canonicalText(item) === canonicalText(value));
  return index < 0 ? origin : { node: list, key: String(index) };
}

function listOf(values: ReadonlyMap<string, Json>): Json {
  return [...values.values()];
}

function compareSizes(base: Shape, head: Shape, pair: Pair): Difference[] {
  return [...LOWER_LIMITS, ...UPPER_LIMITS].flatMap((name) => compareSize(name, base, head, pair));
}

function compareSize(name: LimitName, base: Shape, head: Shape, pair: Pair): Difference[] {
  const [before, after] = [base.limits.get(name), head.limits.get(name)];
  const order = before && after ? compareLimits(name, after, before) : Number(!!after) - Number(!!before);
  if (order === 0) return [];
  // What a format or a pattern implies is told by the difference of that.
  const teller = order > 0 ? after : before;
  const isImplied = teller?.origin.key === "format" || teller?.origin.key === "pattern";
  if (isImplied && !isKept(teller.origin.key, base, head)) return [];
  return [
    valueDifference(pair, {
      keyword: after?.origin.key ?? before?.origin.key ?? name,
      relation: order > 0 ? "narrowed" : "widened",
      from: before?.value,
      to: after?.value,
      base: before?.origin,
      head: after?.origin,
    }),
  ];
}

/** Formats of numbers are limits and nothing else. */
function isKept(keyword: string, base: Shape, head: Shape): boolean {
  const textOf = ({ demands }: Shape): string =>
    [...demands.keys()].filter((key) => key.startsWith(`${keyword} `)).join();
  return textOf(base) === textOf(head);
}

function compareItems(base: Shape, head: Shape, pair: Pair): Difference[] {
  const length = Math.max(base.prefix.length, head.prefix.length);
  const indexes = Array.from({ length }, (_, index) => index);
  const places: [string, Member | undefined, Member | undefined][] = [
    ...indexes.map((index): [string, Member | undefined, Member | undefined] => [
      `[${index}]`,
      itemOf(base, index),
      itemOf(head, index),
    ]),
    ["[]", base.items, head.items],
  ];
  return places.flatMap(([step, before, after]) => compareAt(step, before, after, pair));
}

/** What is within two members, one step further along the path. */
export function compareAt(
  step: string,
  before: Member | undefined,
  after: Member | undefined,
  { compare }: Pick<Pair, "compare">,
): Difference[] {
  if (!before && !after) return [];
  const found = compare(before?.term ?? ANYTHING, after?.term ?? ANYTHING);
  return found.map((difference) => ({
    ...difference,
    path: [step, ...difference.path],
    base: difference.base ?? before?.origin,
    head: difference.head ?? (difference.headNode ? undefined : after?.origin),
    baseNode: difference.baseNode ?? nodeOf(before),
    headNode: difference.headNode ?? nodeOf(after),
  }));
}

function nodeOf(member: Member | undefined): JsonObject | undefined {
  return isObject(member?.origin.node) ? member.origin.node : undefined;
}

/** A difference at the schemas themselves. */
export function valueDifference(
  { baseNode, headNode, base, head }: Omit<Pair, "compare">,
  rest: Pick<Difference, "keyword" | "relation"> & Partial<Difference>,
): Difference {
  const { kind = "value" } = rest;
  const isOfKeyword = kind === "value" || kind === "opened" || kind === "closed";
  return {
    kind,
    from: undefined,
    to: undefined,
    path: [],
    baseNode,
    headNode,
    swap: undefined,
    ...rest,
    // A keyword that says nothing, such as `additionalProperties: true`, is the line that was changed all the same.
    base: rest.base ?? (isOfKeyword ? findKeyword(baseNode, rest.keyword, base.document) : undefined),
    head: rest.head ?? (isOfKeyword ? findKeyword(headNode, rest.keyword, head.document) : undefined),
  };
}
