import type { Json, JsonList, JsonObject, Schema } from "../../load/json.ts";
import { canonicalText } from "./canonical.ts";

/** Schemas that a value must all match. None: anything goes. */
export type Term = readonly Schema[];

export const ANYTHING: Term = [];

/** Where something is written: a key of an object of the bundled contract, or an index of a list. */
export interface Origin {
  readonly node: JsonObject | JsonList;
  readonly key: string;
}

export type JsonType = "array" | "boolean" | "null" | "number" | "object" | "string";
export const JSON_TYPES: readonly JsonType[] = ["array", "boolean", "null", "number", "object", "string"];

/**
 * What a term accepts, type by type. A value is accepted when it matches one of the shapes of its type; a type without a
 * shape is refused.
 */
export type Normal = ReadonlyMap<JsonType, readonly Shape[]>;

/** Conditions on the values of one type, all of which must hold. */
export interface Shape {
  /** The only values there are. */
  readonly values: Values | undefined;
  readonly limits: ReadonlyMap<LimitName, Limit>;
  /** Every other condition that stands for itself, by its text. */
  readonly demands: ReadonlyMap<string, Demand>;
  readonly properties: ReadonlyMap<string, Member>;
  readonly required: ReadonlyMap<string, Origin>;
  /** The properties that have other names. `undefined`: anything. */
  readonly additional: Member | undefined;
  /** The first items of an array, one by one. */
  readonly prefix: readonly Member[];
  /** The items after those. `undefined`: anything. */
  readonly items: Member | undefined;
}

export interface Member {
  readonly term: Term;
  readonly origin: Origin;
}

export interface Values {
  /** By their canonical text. */
  readonly byText: ReadonlyMap<string, Json>;
  readonly origin: Origin;
}

export const LOWER_LIMITS = ["minLength", "minItems", "minProperties", "minimum"] as const;
export const UPPER_LIMITS = ["maxLength", "maxItems", "maxProperties", "maximum"] as const;
export type LimitName = (typeof LOWER_LIMITS)[number] | (typeof UPPER_LIMITS)[number];

export interface Limit {
  readonly value: number;
  /** Only numbers have limits that are themselves left out. */
  readonly exclusive: boolean;
  readonly origin: Origin;
}

export interface Demand {
  /** The keyword that makes it, such as `pattern`. */
  readonly keyword: string;
  readonly value: Json;
  readonly origin: Origin;
}

/** Equal demands have equal keys. */
export function demandKey({ keyword, value }: Pick<Demand, "keyword" | "value">): string {
  return `${keyword} ${canonicalText(value)}`;
}

export const FREE: Shape = {
  values: undefined,
  limits: new Map(),
  demands: new Map(),
  properties: new Map(),
  required: new Map(),
  additional: undefined,
  prefix: [],
  items: undefined,
};

export const EVERYTHING: Normal = new Map(JSON_TYPES.map((type) => [type, [FREE]]));
export const NEVER: Normal = new Map();

/** The type of a value. */
export function typeOf(value: Json): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "object";
}

/** What a property of an object must match, whether it has a schema of its own or not. */
export function memberOf(shape: Shape, name: string): Member | undefined {
  return shape.properties.get(name) ?? shape.additional;
}

/** The same for an item of an array. */
export function itemOf(shape: Shape, index: number): Member | undefined {
  return shape.prefix[index] ?? shape.items;
}

/** True for a term that nothing matches, written as `false`. */
export function isNothing(term: Term): boolean {
  return term.includes(false);
}

/** True for a shape without any condition. */
export function isFree(shape: Shape): boolean {
  const { values, limits, demands, properties, required, additional, prefix, items } = shape;
  const counts = [limits.size, demands.size, properties.size, required.size, prefix.length];
  return !values && !additional && !items && counts.every((count) => count === 0);
}
