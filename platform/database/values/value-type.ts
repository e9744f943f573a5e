import {
  Binary,
  BSONRegExp,
  BSONValue,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from "bson";
import { notImplemented } from "../errors.ts";
import { isDocument } from "./document.ts";

/**
 * The supported types in BSON's order of comparison. The numbers double as the first byte of an encoded key,
 * so none is 0 (the end of a document) or 255 (above every key).
 *
 * Source: MongoDB manual, "Comparison/Sort Order".
 */
export const valueType = {
  minKey: 0x01,
  undefined: 0x05,
  null: 0x0a,
  number: 0x10,
  string: 0x18,
  object: 0x20,
  array: 0x28,
  binary: 0x30,
  objectId: 0x38,
  boolean: 0x40,
  date: 0x48,
  timestamp: 0x50,
  regex: 0x58,
  maxKey: 0xf0,
} as const;

/** One of the numbers of {@link valueType}. */
export type ValueType = (typeof valueType)[keyof typeof valueType];

/**
 * The type of `value` for comparison: all numbers are one type.
 *
 * @throws {CommandError} `NotImplemented` for Decimal128, Symbol, Code, DBRef and the like
 */
export function typeOf(value: unknown): ValueType {
  if (typeof value === "string") return valueType.string;
  if (typeof value === "boolean") return valueType.boolean;
  if (typeof value === "number") return valueType.number;
  return value === undefined ? valueType.undefined : typeOfObject(value);
}

function typeOfObject(value: unknown): ValueType {
  if (value === null) return valueType.null;
  if (isDocument(value)) return valueType.object;
  if (Array.isArray(value)) return valueType.array;
  if (value instanceof Date) return valueType.date;
  if (value instanceof BSONValue) return typeOfBsonValue(value);
  throw notImplemented("values of this kind");
}

function typeOfBsonValue(value: BSONValue): ValueType {
  if (value instanceof Timestamp) return valueType.timestamp;
  if (value instanceof Int32 || value instanceof Double || value instanceof Long) return valueType.number;
  if (value instanceof ObjectId) return valueType.objectId;
  if (value instanceof Binary) return valueType.binary;
  if (value instanceof BSONRegExp) return valueType.regex;
  if (value instanceof MinKey) return valueType.minKey;
  if (value instanceof MaxKey) return valueType.maxKey;
  throw notImplemented(`the BSON type ${value._bsontype}`);
}
