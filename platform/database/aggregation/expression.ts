import { CommandError } from "../errors.ts";
import { assertSupported } from "../values/assert-supported.ts";
import type { Document } from "../values/document.ts";
import { fieldOf, isDocument } from "../values/document.ts";
import type { FieldPath } from "../values/field-path.ts";
import { parsePath } from "../values/field-path.ts";

/** Takes a document to a value; `undefined` when there is none. */
export type Expression = (document: Document) => unknown;

/**
 * Compiles an expression: a field path (`"$a.b"`), a literal, or a document of such.
 *
 * @throws {CommandError} `InvalidPipelineOperator` for operators and variables
 */
export function parseExpression(expression: unknown): Expression {
  if (typeof expression === "string" && expression.startsWith("$")) return parseFieldPath(expression);
  if (isDocument(expression)) return parseFields(expression);
  if (Array.isArray(expression)) throw unsupported("an array");
  return parseLiteral(expression);
}

function parseLiteral(literal: unknown): Expression {
  assertSupported(literal);
  return () => literal;
}

function parseFieldPath(expression: string): Expression {
  if (expression.startsWith("$$")) throw unsupported("a variable");
  const path = parsePath(expression.slice(1));
  return (document) => valueAt(document, path);
}

/** Fields without a value are left out. */
function parseFields(expression: Document): Expression {
  const operator = Object.keys(expression).find((name) => name.startsWith("$"));
  if (operator !== undefined) throw unsupported(operator);
  const dotted = Object.keys(expression).find((name) => parsePath(name).length > 1);
  if (dotted !== undefined) throw unsupported(`a dotted field name in an expression: ${dotted}`);
  const fields = Object.entries(expression).map(([name, value]) => [name, parseExpression(value)] as const);
  return (document): Document => {
    const values = fields.map(([name, value]) => [name, value(document)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  };
}

/** Through an array a path yields the array of what its elements have. */
function valueAt(value: unknown, path: FieldPath): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (isDocument(value)) return valueAt(fieldOf(value, part), rest);
  if (!Array.isArray(value)) return undefined;
  return value.map((element: unknown) => valueAt(element, path)).filter((found) => found !== undefined);
}

function unsupported(what: string): CommandError {
  return new CommandError("InvalidPipelineOperator", `Unrecognized or unsupported expression: ${what}`);
}
