import { Binary } from "bson";
import { CommandError, notImplemented } from "../errors.ts";
import { isDocument } from "./document.ts";
import { numberOf } from "./numbers.ts";
import { typeOf } from "./value-type.ts";

/** "Binary (old)" of the BSON specification, which repeats its length inside. */
const deprecatedSubtype = 2;

const maxDepth = 100;

/** What JavaScript or the bson package would take for something other than data. */
const reservedNames = new Set(["__proto__", "_bsontype"]);

/**
 * Refuses a value that could not be stored and compared faithfully. Run on whatever is to be stored and on every
 * operand of a query, so that a refusal never depends on the data that the query meets.
 *
 * @throws {CommandError} `NotImplemented` (Decimal128, integers beyond 2^53, deprecated types),
 * `DollarPrefixedFieldName`, `Overflow` (deeper than 100 levels), `BadValue` (a date outside JavaScript's range)
 */
export function assertSupported(value: unknown, depth = 0): void {
  if (depth > maxDepth) throw new CommandError("Overflow", `nested deeper than ${maxDepth} levels`);
  if (value === undefined) throw notImplemented("the deprecated BSON type undefined");
  typeOf(value);
  numberOf(value);
  if (Array.isArray(value)) value.forEach((element) => assertSupported(element, depth + 1));
  else if (isDocument(value)) assertFields(value, depth);
  else if (value instanceof Date && Number.isNaN(value.getTime())) {
    throw new CommandError("BadValue", "a date is outside the supported range");
  } else if (value instanceof Binary && value.sub_type === deprecatedSubtype) {
    throw notImplemented("the deprecated binary subtype 2");
  }
}

function assertFields(document: Record<string, unknown>, depth: number): void {
  for (const [name, value] of Object.entries(document)) {
    if (name.startsWith("$")) {
      throw new CommandError(
        "DollarPrefixedFieldName",
        `The dollar ($) prefixed field '${name}' is not valid for storage.`,
      );
    }
    if (reservedNames.has(name)) throw notImplemented(`a field named ${name}`);
    assertSupported(value, depth + 1);
  }
}
