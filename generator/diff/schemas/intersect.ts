import {
  isNothing,
  itemOf,
  LOWER_LIMITS,
  memberOf,
  type JsonType,
  type Limit,
  type LimitName,
  type Member,
  type Normal,
  type Shape,
  type Values,
} from "./shape.ts";

/** Thrown when a term has too many alternatives, or such that they cannot be joined: it is compared as a whole then. */
export class TooComplex extends Error {
  override readonly name = "TooComplex";
}

const MAX_SHAPES = 64;

/** What both accept. */
export function intersect(a: Normal, b: Normal): Normal {
  const both = [...a].flatMap(([type, shapes]): [JsonType, Shape[]][] => {
    const others = b.get(type) ?? [];
    if (shapes.length * others.length > MAX_SHAPES) throw new TooComplex();
    const joined = shapes.flatMap((one) => others.map((other) => intersectShapes(one, other)));
    return joined.length === 0 ? [] : [[type, joined]];
  });
  return new Map(both);
}

function intersectShapes(a: Shape, b: Shape): Shape {
  return {
    values: intersectValues(a.values, b.values),
    limits: strictestLimits(a.limits, b.limits),
    demands: new Map([...a.demands, ...b.demands]),
    ...intersectMembers(a, b),
    ...intersectItems(a, b),
  };
}

function intersectValues(a: Values | undefined, b: Values | undefined): Values | undefined {
  if (!a || !b) return a ?? b;
  return { ...a, byText: new Map([...a.byText].filter(([text]) => b.byText.has(text))) };
}

function strictestLimits(
  a: ReadonlyMap<LimitName, Limit>,
  b: ReadonlyMap<LimitName, Limit>,
): Map<LimitName, Limit> {
  const result = new Map(a);
  for (const [name, limit] of b) {
    const known = result.get(name);
    if (!known || compareLimits(name, limit, known) > 0) result.set(name, limit);
  }
  return result;
}

/** Above 0 when `a` lets less through than `b`. */
export function compareLimits(
  name: LimitName,
  a: Pick<Limit, "value" | "exclusive">,
  b: Pick<Limit, "value" | "exclusive">,
): number {
  const lower: readonly LimitName[] = LOWER_LIMITS;
  const sign = lower.includes(name) ? 1 : -1;
  return sign * (a.value - b.value) || Number(a.exclusive) - Number(b.exclusive);
}

/** A property that one schema does not name is one of its additional ones. */
function intersectMembers(a: Shape, b: Shape): Pick<Shape, "properties" | "required" | "additional"> {
  refuseMixedPatterns(a, b);
  const names = new Set([...a.properties.keys(), ...b.properties.keys()]);
  const properties = [...names].flatMap((name): [string, Member][] => {
    const member = joinMembers(memberOf(a, name), memberOf(b, name));
    return member ? [[name, member]] : [];
  });
  return {
    properties: new Map(properties),
    required: new Map([...a.required, ...b.required]),
    additional: joinMembers(a.additional, b.additional),
  };
}

/** Which names are additional depends on the patterns beside them. */
function refuseMixedPatterns(a: Shape, b: Shape): void {
  const hasPatterns = ({ demands }: Shape): boolean =>
    [...demands.values()].some(({ keyword }) => keyword === "patternProperties");
  const hasMembers = ({ properties, additional }: Shape): boolean =>
    properties.size > 0 || additional !== undefined;
  if ((hasPatterns(a) && hasMembers(b)) || (hasPatterns(b) && hasMembers(a))) throw new TooComplex();
}

function intersectItems(a: Shape, b: Shape): Pick<Shape, "prefix" | "items"> {
  const length = Math.max(a.prefix.length, b.prefix.length);
  const prefix = Array.from({ length }, (_, index) => joinMembers(itemOf(a, index), itemOf(b, index)));
  return { prefix: prefix.filter((member) => member !== undefined), items: joinMembers(a.items, b.items) };
}

function joinMembers(a: Member | undefined, b: Member | undefined): Member | undefined {
  if (!a || !b) return a ?? b;
  if (isNothing(a.term)) return a;
  return isNothing(b.term)
    ? b
    : { term: [...a.term, ...b.term.filter((one) => !a.term.includes(one))], origin: a.origin };
}
