import { Binary, BSONRegExp, ObjectId, Timestamp } from "bson";
import { isDocument } from "./document.ts";
import { KeyWriter } from "./key-writer.ts";
import { numberOf } from "./numbers.ts";
import { typeOf } from "./value-type.ts";

/** 1 sorts ascending, -1 descending. */
export type Direction = 1 | -1;

/**
 * Encodes values so that `memcmp` of two keys orders them as BSON compares the values, each in its direction.
 * No encoding of a value is a prefix of another's, so keys of several fields concatenate.
 */
export function encodeKey(values: readonly unknown[], directions: readonly Direction[]): Buffer {
  const writer = new KeyWriter();
  for (const [index, value] of values.entries()) {
    const start = writer.length;
    writeValue(writer, value);
    if (directions[index] === -1) writer.invertFrom(start);
  }
  return writer.finish();
}

/** The ascending key of one value. */
export function encodeValue(value: unknown): Buffer {
  return encodeKey([value], [1]);
}

function writeValue(writer: KeyWriter, value: unknown): void {
  writer.byte(typeOf(value));
  writeContent(writer, value);
}

function writeContent(writer: KeyWriter, value: unknown): void {
  if (typeof value === "string") writer.text(value);
  else if (typeof value === "boolean") writer.byte(value ? 1 : 0);
  else if (value instanceof Date) writer.double(value.getTime());
  else if (value instanceof ObjectId) writer.bytes(value.id);
  else if (value instanceof Binary) writeBinary(writer, value);
  else if (value instanceof Timestamp) writer.uint32(value.t).uint32(value.i);
  else if (value instanceof BSONRegExp) writer.text(value.pattern).text(value.options);
  else if (isDocument(value)) writeFields(writer, value);
  else if (Array.isArray(value)) writeElements(writer, value);
  else writeNumber(writer, value);
}

/** The length comes first, as in BSON's comparison, so nothing needs escaping. */
function writeBinary(writer: KeyWriter, value: Binary): void {
  writer.uint32(value.position).byte(value.sub_type).bytes(value.buffer.subarray(0, value.position));
}

/** Type, name, content: the order in which BSON compares a field. A 0 ends the document, below every type. */
function writeFields(writer: KeyWriter, value: Record<string, unknown>): void {
  for (const [name, content] of Object.entries(value)) {
    writer.byte(typeOf(content)).text(name);
    writeContent(writer, content);
  }
  writer.byte(0);
}

function writeElements(writer: KeyWriter, value: readonly unknown[]): void {
  for (const element of value) writeValue(writer, element);
  writer.byte(0);
}

function writeNumber(writer: KeyWriter, value: unknown): void {
  const number = numberOf(value);
  if (number !== undefined) writer.double(number);
}
