import { BSONError, deserialize, serialize } from "bson";
import { CommandError } from "../errors.ts";

/**
 * A BSON document in memory. Numbers are `Int32`, `Long` and `Double` of the bson package, so that a value
 * that is read and written again keeps its type; strings, booleans, dates, arrays and null are JavaScript's.
 */
export type Document = Record<string, unknown>;

/** The largest document, in bytes, as MongoDB's `maxBsonObjectSize`. */
export const maxDocumentBytes = 16 * 1024 * 1024;

/** Whether `value` is an embedded document, as opposed to an array, a date or a value class of bson. */
export function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The document's own field, never what JavaScript's prototypes would add; `undefined` when it is missing. */
export function fieldOf(document: Document, name: string): unknown {
  return Object.hasOwn(document, name) ? document[name] : undefined;
}

/** @throws {BSONError} when the bytes are not one whole BSON document */
export function decodeDocument(bytes: Uint8Array): Document {
  return deserialize(bytes, { promoteValues: false, bsonRegExp: true });
}

/** @throws {CommandError} `BadValue` when bson cannot write it */
export function encodeDocument(document: Document): Uint8Array {
  try {
    return serialize(document, { ignoreUndefined: false });
  } catch (error) {
    if (BSONError.isBSONError(error)) throw new CommandError("BadValue", error.message);
    throw error;
  }
}

/** As {@link encodeDocument}, for storage. @throws {CommandError} also `BSONObjectTooLarge`, above 16 MiB */
export function encodeStored(document: Document): Uint8Array {
  const bytes = encodeDocument(document);
  if (bytes.byteLength <= maxDocumentBytes) return bytes;
  throw new CommandError(
    "BSONObjectTooLarge",
    `object to insert too large. size in bytes: ${bytes.byteLength}`,
  );
}
