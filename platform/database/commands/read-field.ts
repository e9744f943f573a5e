import { CommandError, notImplemented } from "../errors.ts";
import type { Document } from "../values/document.ts";
import { fieldOf, isDocument } from "../values/document.ts";
import { numberOf } from "../values/numbers.ts";

/** @throws {CommandError} `TypeMismatch` when the field is there and no document */
export function readDocument(body: Document, name: string): Document {
  const value = fieldOf(body, name) ?? {};
  return isDocument(value) ? value : wrongType(name, "object");
}

/** @throws {CommandError} `Location40414` when it is missing, `TypeMismatch` when it is no document */
export function requireDocument(body: Document, name: string): Document {
  const value = fieldOf(body, name);
  if (value === undefined) throw missing(name);
  return isDocument(value) ? value : wrongType(name, "object");
}

/** @throws {CommandError} `TypeMismatch`, `BadValue` for anything but a whole number from 0 on */
export function readCount(body: Document, name: string, otherwise: number): number {
  const value = fieldOf(body, name);
  if (value === undefined || value === null) return otherwise;
  const number = numberOf(value) ?? wrongType(name, "number");
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new CommandError("BadValue", `BSON field '${name}' must be a whole number from 0 on`);
}

/** Numbers count as MongoDB's booleans do. */
export function readBoolean(body: Document, name: string, otherwise: boolean): boolean {
  const value = fieldOf(body, name) ?? otherwise;
  if (typeof value === "boolean") return value;
  return (numberOf(value) ?? wrongType(name, "bool")) !== 0;
}

/** @throws {CommandError} `Location40414` when it is missing, `TypeMismatch` */
export function requireString(body: Document, name: string): string {
  const value = fieldOf(body, name);
  if (value === undefined) throw missing(name);
  return typeof value === "string" ? value : wrongType(name, "string");
}

/** @throws {CommandError} `Location40414` when it is missing, `TypeMismatch` when it is no array of documents */
export function requireDocuments(body: Document, name: string): Document[] {
  const value = fieldOf(body, name);
  if (value === undefined) throw missing(name);
  if (!Array.isArray(value)) return wrongType(name, "array");
  return value.map((element: unknown) =>
    isDocument(element) ? element : wrongType(name, "array of objects"),
  );
}

/** Refuses fields that are not on the list. @throws {CommandError} `Location40415` */
export function assertFields(where: string, document: Document, known: readonly string[]): void {
  const unknown = Object.keys(document).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new CommandError(
    "Location40415",
    `BSON field '${where}.${unknown}' is an unknown or unsupported field.`,
  );
}

/** @throws {CommandError} `NotImplemented` for any collation but the simple one */
export function assertSimpleCollation(body: Document): void {
  const { locale, ...others } = readDocument(body, "collation");
  if ((locale !== undefined && locale !== "simple") || Object.keys(others).length > 0)
    throw notImplemented("collations");
}

function missing(name: string): CommandError {
  return new CommandError("Location40414", `BSON field '${name}' is missing but a required field`);
}

function wrongType(name: string, expected: string): never {
  throw new CommandError(
    "TypeMismatch",
    `BSON field '${name}' is the wrong type, expected type '${expected}'`,
  );
}
