import { stringsAt, type JsonObject } from "../../load/json.ts";
import { patternLengths } from "../patterns/pattern-lengths.ts";
import { compareLimits } from "./intersect.ts";
import type { JsonType, Limit, LimitName } from "./shape.ts";

/** Whole numbers that a format of the OpenAPI registry stands for. */
export const NUMBER_RANGES: Readonly<Record<string, readonly [minimum: number, maximum: number]>> = {
  int8: [-(2 ** 7), 2 ** 7 - 1],
  int16: [-(2 ** 15), 2 ** 15 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  // The nearest numbers that JSON parsers with doubles can tell.
  int64: [-(2 ** 63), 2 ** 63],
};

/** In characters, what the formats of this project let through at all. */
const FORMAT_LENGTHS: Readonly<Record<string, readonly [minimum: number, maximum: number]>> = {
  uuid: [36, 36],
  date: [10, 10],
  "partial-date": [4, 10],
  "date-time": [20, 35],
};

const COUNTS: Readonly<Partial<Record<JsonType, readonly [LimitName, LimitName]>>> = {
  string: ["minLength", "maxLength"],
  array: ["minItems", "maxItems"],
  object: ["minProperties", "maxProperties"],
};

/** The limits of size that a schema object sets for a type, those that its format and pattern imply included. */
export function limitsOf(type: JsonType, node: JsonObject): [LimitName, Limit][] {
  if (type === "number") return boundsOf(node);
  const [lower, upper] = COUNTS[type] ?? [];
  if (!lower || !upper) return [];
  const implied = type === "string" ? [formatLimits(node, FORMAT_LENGTHS), patternLimits(node)] : [];
  return named([
    [lower, [count(node, lower), ...implied.map(([shortest]) => shortest)]],
    [upper, [count(node, upper), ...implied.map(([, longest]) => longest)]],
  ]);
}

type Range = readonly [lower: Limit | undefined, upper: Limit | undefined];

function patternLimits(node: JsonObject): Range {
  const lengths = typeof node.pattern === "string" ? patternLengths(node.pattern) : undefined;
  if (!lengths) return [undefined, undefined];
  const limit = (value: number): Limit => ({ value, exclusive: false, origin: { node, key: "pattern" } });
  return [
    lengths.min > 0 ? limit(lengths.min) : undefined,
    lengths.max < Infinity ? limit(lengths.max) : undefined,
  ];
}

/** True for a schema whose numbers are whole ones. */
export function isWhole(node: JsonObject): boolean {
  const types = typeof node.type === "string" ? [node.type] : stringsAt(node, "type");
  return types.includes("integer") && !types.includes("number");
}

function boundsOf(node: JsonObject): [LimitName, Limit][] {
  const [least, most] = formatLimits(node, NUMBER_RANGES);
  return named([
    ["minimum", [bound(node, "minimum", "lower"), bound(node, "exclusiveMinimum", "lower"), least]],
    ["maximum", [bound(node, "maximum", "upper"), bound(node, "exclusiveMaximum", "upper"), most]],
  ]);
}

/** The strictest of each; a limit that a keyword sets comes before an equal one that is implied. */
function named(candidates: readonly [LimitName, readonly (Limit | undefined)[]][]): [LimitName, Limit][] {
  return candidates.flatMap(([name, limits]): [LimitName, Limit][] => {
    const known = limits.filter((limit) => limit !== undefined);
    const [first] = known.toSorted((a, b) => compareLimits(name, b, a));
    return first ? [[name, first]] : [];
  });
}

/** A count of 0 is no limit from below. */
function count(node: JsonObject, key: LimitName): Limit | undefined {
  const value = node[key];
  if (typeof value !== "number" || (key.startsWith("min") && value <= 0)) return undefined;
  return { value, exclusive: false, origin: { node, key } };
}

/** `exclusiveMinimum: 0` of whole numbers is `minimum: 1`. */
function bound(node: JsonObject, key: string, side: "lower" | "upper"): Limit | undefined {
  const value = node[key];
  if (typeof value !== "number") return undefined;
  const exclusive = key.startsWith("exclusive");
  const origin = { node, key };
  if (!isWhole(node)) return { value, exclusive, origin };
  const inner = side === "lower" ? Math.ceil(value) : Math.floor(value);
  const step = side === "lower" ? 1 : -1;
  return { value: exclusive && inner === value ? value + step : inner, exclusive: false, origin };
}

function formatLimits(node: JsonObject, ranges: Readonly<Record<string, readonly [number, number]>>): Range {
  const { format } = node;
  const range = typeof format === "string" && Object.hasOwn(ranges, format) ? ranges[format] : undefined;
  if (!range) return [undefined, undefined];
  const origin = { node, key: "format" };
  const [least, most] = range;
  return [
    { value: least, exclusive: false, origin },
    { value: most, exclusive: false, origin },
  ];
}
