import { BSONRegExp } from "bson";
import { CommandError, notImplemented } from "../errors.ts";
import { assertSupported } from "../values/assert-supported.ts";
import { isDocument } from "../values/document.ts";
import type { Document } from "../values/document.ts";
import type { FieldPath } from "../values/field-path.ts";
import { numberOf } from "../values/numbers.ts";
import { compileExpression, compilePattern, literalPrefix } from "./compile-pattern.ts";
import type { Filter, Predicate } from "./filter.ts";
import { typeName } from "./type-names.ts";

type ParseQuery = (query: Document) => Filter;

/** Parses what a query says of one path: a value to equal, a regular expression, or a document of operators. */
export function parsePredicates(path: FieldPath, operand: unknown, parseQuery: ParseQuery): Filter {
  if (operand instanceof BSONRegExp) return test(path, regex(operand.pattern, operand.options));
  if (!isDocument(operand) || !beginsWithOperator(operand)) return test(path, equal(operand));
  return {
    kind: "and",
    filters: Object.keys(operand).map((operator) => parseOperator(path, operator, operand, parseQuery)),
  };
}

/** Whether the first field is an operator, which is how MongoDB tells operators from a value. */
export function beginsWithOperator(operand: Document): boolean {
  return Object.keys(operand)[0]?.startsWith("$") === true;
}

function parseOperator(
  path: FieldPath,
  operator: string,
  operators: Document,
  parseQuery: ParseQuery,
): Filter {
  const operand = operators[operator];
  switch (operator) {
    case "$ne":
      if (operand instanceof BSONRegExp)
        throw new CommandError("BadValue", "Can't have regex as arg to $ne.");
      return not(test(path, equal(operand)));
    case "$nin":
      return not(test(path, oneOf(operator, operand)));
    case "$not":
      return not(parseNegated(path, operand, parseQuery));
    case "$exists":
      return isTrue(operand) ? test(path, { kind: "exists" }) : not(test(path, { kind: "exists" }));
    case "$all":
      return everyOf(path, operand);
    case "$options":
      if (!("$regex" in operators)) throw new CommandError("BadValue", "$options needs a $regex");
      return { kind: "and", filters: [] };
    case "$regex":
      return test(path, regexOperator(operand, operators.$options));
    default:
      return test(path, parsePredicate(operator, operand, parseQuery));
  }
}

function parsePredicate(operator: string, operand: unknown, parseQuery: ParseQuery): Predicate {
  switch (operator) {
    case "$eq":
      return equal(operand);
    case "$in":
      return oneOf(operator, operand);
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte":
      if (operand instanceof BSONRegExp)
        throw new CommandError("BadValue", `Can't have RegEx as arg to ${operator}.`);
      return { kind: "range", operator, value: supported(operand) };
    case "$type":
      return { kind: "type", types: new Set((Array.isArray(operand) ? operand : [operand]).map(typeName)) };
    case "$size":
      return { kind: "size", size: sizeOf(operand) };
    case "$elemMatch":
      return parseElementMatch(operand, parseQuery);
    case "$mod":
    case "$geoWithin":
    case "$geoIntersects":
    case "$near":
    case "$nearSphere":
      throw notImplemented(`the query operator ${operator}`);
    default:
      throw new CommandError("BadValue", `unknown operator: ${operator}`);
  }
}

/** The object form is a query on elements that are documents; the value form tests each element itself. */
function parseElementMatch(operand: unknown, parseQuery: ParseQuery): Predicate {
  if (!isDocument(operand)) throw new CommandError("BadValue", "$elemMatch needs an Object");
  const isQuery =
    !beginsWithOperator(operand) || ["$and", "$or", "$nor"].includes(Object.keys(operand)[0] ?? "");
  if (isQuery) return { kind: "elementFilter", filter: parseQuery(operand) };
  return { kind: "elementPredicates", filter: parsePredicates([], operand, parseQuery) };
}

function parseNegated(path: FieldPath, operand: unknown, parseQuery: ParseQuery): Filter {
  const isOperators = isDocument(operand) && beginsWithOperator(operand);
  if (operand instanceof BSONRegExp || isOperators) return parsePredicates(path, operand, parseQuery);
  throw new CommandError("BadValue", "$not needs a regex or a document");
}

function oneOf(operator: string, operand: unknown): Predicate {
  if (!Array.isArray(operand)) throw new CommandError("BadValue", `${operator} needs an array`);
  const values: readonly unknown[] = operand;
  assertSupported(values);
  return {
    kind: "in",
    values,
    patterns: values.filter((value) => value instanceof BSONRegExp).map(compileExpression),
  };
}

/** An empty `$all` matches nothing. */
function everyOf(path: FieldPath, operand: unknown): Filter {
  if (!Array.isArray(operand)) throw new CommandError("BadValue", "$all needs an array");
  if (operand.length === 0) return { kind: "or", filters: [] };
  return { kind: "and", filters: operand.map((value: unknown) => test(path, allElement(value))) };
}

function allElement(value: unknown): Predicate {
  return value instanceof BSONRegExp ? regex(value.pattern, value.options) : equal(value);
}

function regexOperator(operand: unknown, options: unknown): Predicate {
  if (options !== undefined && typeof options !== "string")
    throw new CommandError("BadValue", "$options has to be a string");
  if (typeof operand === "string") return regex(operand, options ?? "");
  if (operand instanceof BSONRegExp) return regex(operand.pattern, options ?? operand.options);
  throw new CommandError("BadValue", "$regex has to be a string");
}

function regex(pattern: string, options: string): Predicate {
  const literal = new BSONRegExp(pattern, options);
  return {
    kind: "regex",
    pattern: compilePattern(pattern, options),
    literal,
    prefix: literalPrefix(pattern, options),
  };
}

function sizeOf(operand: unknown): number {
  const size = numberOf(operand);
  if (size !== undefined && Number.isSafeInteger(size) && size >= 0) return size;
  throw new CommandError("BadValue", "Failed to parse $size. Expected a non-negative integer");
}

function isTrue(operand: unknown): boolean {
  const number = numberOf(operand);
  return number === undefined ? operand !== false && operand !== null : number !== 0;
}

function equal(value: unknown): Predicate {
  return { kind: "equal", value: supported(value) };
}

function supported(value: unknown): unknown {
  assertSupported(value);
  return value;
}

function not(filter: Filter): Filter {
  return { kind: "not", filter };
}

function test(path: FieldPath, predicate: Predicate): Filter {
  return { kind: "path", path, predicate };
}
