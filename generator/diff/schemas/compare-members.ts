import { compareAt, valueDifference, type Pair } from "./compare-shapes.ts";
import type { Difference } from "./difference.ts";
import { isNothing, memberOf, type Member, type Shape } from "./shape.ts";

/** How two shapes of an object differ in their properties. */
export function compareMembers(base: Shape, head: Shape, pair: Pair): Difference[] {
  const names = [...new Set([...base.properties.keys(), ...head.properties.keys()])];
  const found = names.flatMap((name) => compareProperty(name, base, head, pair));
  return [
    ...withRenames(found, base, head, pair),
    ...compareRequired(base, head, pair),
    ...compareAdditional(base, head, pair),
  ];
}

function compareProperty(name: string, base: Shape, head: Shape, pair: Pair): Difference[] {
  const [before, after] = [base.properties.get(name), head.properties.get(name)];
  const was = isThere(before) || isMap(base);
  const is = isThere(after) || isMap(head);
  if (was && is) return compareAt(name, memberOf(base, name), memberOf(head, name), pair);
  if (isThere(after)) {
    const relation = isForbidden(base, name) ? "widened" : "narrowed";
    return [at(pair, name, { kind: "property-added", relation, head: after?.origin })];
  }
  if (!isThere(before)) return [];
  const relation = isForbidden(head, name) ? "narrowed" : "widened";
  return [at(pair, name, { kind: "property-removed", relation, base: before?.origin })];
}

function at(
  pair: Pair,
  name: string,
  rest: Pick<Difference, "kind" | "relation"> & Partial<Difference>,
): Difference {
  return valueDifference(pair, { keyword: "properties", path: [name], ...rest });
}

/** A property that is gone while another one with an equal schema is new was renamed: the line of the new one was changed. */
function withRenames(found: readonly Difference[], base: Shape, head: Shape, pair: Pair): Difference[] {
  const gone = found.filter(({ kind, path }) => kind === "property-removed" && path.length === 1);
  const made = found.filter(({ kind, path }) => kind === "property-added" && path.length === 1);
  const [removed, added] = [gone[0], made[0]];
  if (!removed || !added || gone.length + made.length > 2) return [...found];
  const [before, after] = [base, head].map((shape, index) => {
    const member = shape.properties.get((index === 0 ? removed : added).path[0] ?? "");
    return (index === 0 ? pair.base : pair.head).writeTerm(member?.term ?? []);
  });
  if (before !== after) return [...found];
  const renamed = { ...removed, to: added.path[0] ?? "", head: added.head };
  return found.map((difference) => (difference === removed ? renamed : difference));
}

/** A property whose schema is `false` is none. */
function isThere(member: Member | undefined): boolean {
  return member !== undefined && !isNothing(member.term);
}

/** True for an object that is a map: properties of any name, each with a value of one kind. */
function isMap({ additional }: Shape): boolean {
  return additional !== undefined && !isNothing(additional.term);
}

function isForbidden(shape: Shape, name: string): boolean {
  const member = memberOf(shape, name);
  return member !== undefined && isNothing(member.term);
}

function compareRequired(base: Shape, head: Shape, pair: Pair): Difference[] {
  const gained = [...head.required].filter(([name]) => !base.required.has(name));
  const lost = [...base.required].filter(([name]) => !head.required.has(name));
  return [
    ...gained.map(([name, origin]) =>
      at(pair, name, { kind: "required-added", relation: "narrowed", keyword: "required", head: origin }),
    ),
    ...lost.map(([name, origin]) =>
      at(pair, name, { kind: "required-removed", relation: "widened", keyword: "required", base: origin }),
    ),
  ];
}

function compareAdditional(base: Shape, head: Shape, pair: Pair): Difference[] {
  const [before, after] = [base.additional, head.additional];
  if (isMap(base) || (isMap(head) && !before)) {
    if (!after || !isNothing(after.term)) return compareAt("*", before, after, pair);
  }
  const [wasClosed, isClosed] = [before && isNothing(before.term), after && isNothing(after.term)];
  if (!wasClosed && !isClosed) return [];
  if (wasClosed && isClosed) return [];
  const common = { keyword: "additionalProperties", base: before?.origin, head: after?.origin };
  return isClosed
    ? [valueDifference(pair, { ...common, kind: "closed", relation: "narrowed", to: false })]
    : [valueDifference(pair, { ...common, kind: "opened", relation: "widened", from: false })];
}
