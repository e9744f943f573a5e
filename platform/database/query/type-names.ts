import { Binary, BSONRegExp, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from "bson";
import { CommandError } from "../errors.ts";
import { isDocument } from "../values/document.ts";
import { numberOf } from "../values/numbers.ts";

/** Type numbers of the BSON specification by the alias that `$type` takes. */
const aliases = new Map<number, string>([
  [1, "double"],
  [2, "string"],
  [3, "object"],
  [4, "array"],
  [5, "binData"],
  [7, "objectId"],
  [8, "bool"],
  [9, "date"],
  [10, "null"],
  [11, "regex"],
  [16, "int"],
  [17, "timestamp"],
  [18, "long"],
  [127, "maxKey"],
  [-1, "minKey"],
]);

const knownNames = new Set([...aliases.values(), "number"]);

/** The alias that `$type` means by a name or a number. @throws {CommandError} `BadValue` for an unknown one */
export function typeName(operand: unknown): string {
  const name = typeof operand === "string" ? operand : aliases.get(numberOf(operand) ?? NaN);
  if (name !== undefined && knownNames.has(name)) return name;
  throw new CommandError("BadValue", "Unknown or unsupported type in $type");
}

/** The alias of a value's own type; `undefined` of a missing value. */
export function nameOfType(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return "null";
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  if (Array.isArray(value)) return "array";
  if (isDocument(value)) return "object";
  return classes.find(([type]) => value instanceof type)?.[1];
}

/** Timestamp before Long, which it extends. */
const classes = [
  [Date, "date"],
  [Timestamp, "timestamp"],
  [Int32, "int"],
  [Double, "double"],
  [Long, "long"],
  [ObjectId, "objectId"],
  [Binary, "binData"],
  [BSONRegExp, "regex"],
  [MinKey, "minKey"],
  [MaxKey, "maxKey"],
] as const;
