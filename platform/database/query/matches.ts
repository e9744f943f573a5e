import { MaxKey, MinKey } from "bson";
import { compareValues, equalValues } from "../values/compare-values.ts";
import { isDocument } from "../values/document.ts";
import { valuesAtPath } from "../values/field-path.ts";
import { numberOf } from "../values/numbers.ts";
import { typeOf } from "../values/value-type.ts";
import type { Filter, Predicate, RangeOperator } from "./filter.ts";
import { nameOfType } from "./type-names.ts";

/** Whether a document (or, inside `$elemMatch`, an element) meets the filter, as MongoDB would judge. */
export function matches(value: unknown, filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
      return filter.filters.every((part) => matches(value, part));
    case "or":
      return filter.filters.some((part) => matches(value, part));
    case "not":
      return !matches(value, filter.filter);
    case "path":
      if (filter.path.length === 0) return test(value, filter.predicate);
      return valuesAtPath(value, filter.path).some((found) => testSearching(found, filter.predicate));
  }
}

/** An array meets a predicate when it does as a whole, or when one of its elements does. */
function testSearching(value: unknown, predicate: Predicate): boolean {
  if (test(value, predicate)) return true;
  if (!Array.isArray(value) || isAboutWholeArray(predicate)) return false;
  return value.some((element) => test(element, predicate));
}

function isAboutWholeArray({ kind }: Predicate): boolean {
  return kind === "exists" || kind === "size" || kind === "elementFilter" || kind === "elementPredicates";
}

function test(value: unknown, predicate: Predicate): boolean {
  switch (predicate.kind) {
    case "equal":
      return isEqual(value, predicate.value);
    case "in":
      return (
        predicate.values.some((one) => isEqual(value, one)) ||
        predicate.patterns.some((one) => fits(value, one))
      );
    case "range":
      return isInRange(value, predicate.operator, predicate.value);
    case "regex":
      return fits(value, predicate.pattern) || isEqual(value, predicate.literal);
    case "exists":
      return value !== undefined;
    case "type":
      return hasType(value, predicate.types);
    case "size":
      return Array.isArray(value) && value.length === predicate.size;
    case "elementFilter":
      return (
        Array.isArray(value) &&
        value.some((element) => isDocument(element) && matches(element, predicate.filter))
      );
    case "elementPredicates":
      return Array.isArray(value) && value.some((element) => matches(element, predicate.filter));
  }
}

/** Null equals a missing field. */
function isEqual(value: unknown, operand: unknown): boolean {
  if (operand === null) return value === null || value === undefined;
  return value !== undefined && equalValues(value, operand);
}

function fits(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}

function hasType(value: unknown, types: ReadonlySet<string>): boolean {
  const name = nameOfType(value);
  if (name === undefined) return false;
  return types.has(name) || (types.has("number") && numberOf(value) !== undefined);
}

/** Only values of the operand's own type compare, but MinKey and MaxKey compare with all; NaN with itself alone. */
function isInRange(value: unknown, operator: RangeOperator, operand: unknown): boolean {
  if (operand === null) return (operator === "$gte" || operator === "$lte") && isEqual(value, null);
  if (value === undefined) return false;
  const isBound = operand instanceof MinKey || operand instanceof MaxKey;
  if (!isBound && typeOf(value) !== typeOf(operand)) return false;
  const difference = compareValues(value, operand);
  if (!isBound && difference !== 0 && (isNotANumber(value) || isNotANumber(operand))) return false;
  return holds(difference, operator);
}

function isNotANumber(value: unknown): boolean {
  return Number.isNaN(numberOf(value));
}

function holds(difference: number, operator: RangeOperator): boolean {
  switch (operator) {
    case "$gt":
      return difference > 0;
    case "$gte":
      return difference >= 0;
    case "$lt":
      return difference < 0;
    case "$lte":
      return difference <= 0;
  }
}
