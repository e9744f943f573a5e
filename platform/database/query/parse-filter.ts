import { CommandError, notImplemented } from "../errors.ts";
import { assertDepth } from "../values/assert-depth.ts";
import { isDocument } from "../values/document.ts";
import type { Document } from "../values/document.ts";
import { parsePath } from "../values/field-path.ts";
import type { Filter } from "./filter.ts";
import { parsePredicates } from "./parse-predicates.ts";

/**
 * Parses a query document.
 *
 * @throws {CommandError} `BadValue` for an unknown operator or a wrong operand; `NotImplemented` for `$expr`,
 * `$where` and the other operators that only MongoDB itself has; `Overflow` for a query deeper than 200 levels
 */
export function parseFilter(query: Document): Filter {
  assertDepth(query);
  return parseQuery(query);
}

function parseQuery(query: Document): Filter {
  return all(Object.entries(query).map(([name, operand]) => parseEntry(name, operand)));
}

function parseEntry(name: string, operand: unknown): Filter {
  if (!name.startsWith("$")) return parsePredicates(parsePath(name), operand, parseQuery);
  switch (name) {
    case "$and":
      return all(parseList(name, operand));
    case "$or":
      return { kind: "or", filters: parseList(name, operand) };
    case "$nor":
      return { kind: "not", filter: { kind: "or", filters: parseList(name, operand) } };
    case "$comment":
      return all([]);
    case "$expr":
    case "$where":
    case "$text":
    case "$jsonSchema":
      throw notImplemented(`the query operator ${name}`);
    default:
      throw new CommandError("BadValue", `unknown top level operator: ${name}`);
  }
}

function parseList(name: string, operand: unknown): Filter[] {
  if (!Array.isArray(operand) || operand.length === 0) {
    throw new CommandError("BadValue", `${name} must be a nonempty array`);
  }
  return operand.map((entry: unknown) => {
    if (!isDocument(entry)) throw new CommandError("BadValue", `${name} entries need to be full objects`);
    return parseQuery(entry);
  });
}

function all(filters: readonly Filter[]): Filter {
  const [only] = filters;
  return filters.length === 1 && only ? only : { kind: "and", filters };
}
