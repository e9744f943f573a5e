import { Binary, BSONRegExp, ObjectId, Timestamp } from "bson";
import type { Document } from "./document.ts";
import { isDocument } from "./document.ts";
import { numberOf } from "./numbers.ts";
import { typeOf } from "./value-type.ts";

/**
 * Compares two values as BSON does: by type, then by value; all numbers are one type, NaN is the least of them.
 * `undefined` (a missing value) comes before null.
 *
 * @returns less than, equal to or greater than 0
 */
export function compareValues(left: unknown, right: unknown): number {
  return typeOf(left) - typeOf(right) || compareSameType(left, right);
}

/** Whether both are the same to MongoDB: 1 equals 1.0; documents are equal when their fields come in one order. */
export function equalValues(left: unknown, right: unknown): boolean {
  return left === right || compareValues(left, right) === 0;
}

function compareSameType(left: unknown, right: unknown): number {
  if (typeof left === "string" && typeof right === "string") return compareStrings(left, right);
  if (isDocument(left) && isDocument(right)) return compareDocuments(left, right);
  if (Array.isArray(left) && Array.isArray(right)) return compareArrays(left, right);
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime();
  if (left instanceof ObjectId && right instanceof ObjectId) return Buffer.compare(left.id, right.id);
  if (left instanceof Binary && right instanceof Binary) return compareBinaries(left, right);
  if (left instanceof Timestamp && right instanceof Timestamp) return left.compare(right);
  if (left instanceof BSONRegExp && right instanceof BSONRegExp) return compareExpressions(left, right);
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  return compareNumbers(numberOf(left), numberOf(right));
}

/** UTF-8 byte order, which differs from JavaScript's own order above U+FFFF. */
function compareStrings(left: string, right: string): number {
  return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function compareNumbers(left: number | undefined, right: number | undefined): number {
  if (left === undefined || right === undefined || left === right) return 0;
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : -1;
  return Number.isNaN(right) || left > right ? 1 : -1;
}

/** Field by field: the type first, then the name, then the value. */
function compareDocuments(left: Document, right: Document): number {
  const rightNames = Object.keys(right);
  for (const [index, name] of Object.keys(left).entries()) {
    const rightName = rightNames[index];
    if (rightName === undefined) return 1;
    const difference =
      typeOf(left[name]) - typeOf(right[rightName]) ||
      compareStrings(name, rightName) ||
      compareSameType(left[name], right[rightName]);
    if (difference !== 0) return difference;
  }
  return Object.keys(left).length - rightNames.length;
}

function compareArrays(left: readonly unknown[], right: readonly unknown[]): number {
  for (const [index, value] of left.entries()) {
    if (index >= right.length) return 1;
    const difference = compareValues(value, right[index]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** The length first, then the subtype, then the bytes. */
function compareBinaries(left: Binary, right: Binary): number {
  return (
    left.position - right.position ||
    left.sub_type - right.sub_type ||
    Buffer.compare(left.buffer.subarray(0, left.position), right.buffer.subarray(0, right.position))
  );
}

function compareExpressions(left: BSONRegExp, right: BSONRegExp): number {
  return compareStrings(left.pattern, right.pattern) || compareStrings(left.options, right.options);
}
