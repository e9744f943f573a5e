import type { Expression, InitializerSyntax } from "./ast.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseArguments } from "./parse-postfix.ts";
import { parseType } from "./parse-type.ts";
import type { TokenCursor } from "./token-cursor.ts";

/** Parses what follows `new`: an object, an array or an anonymous object. */
export function parseNew(cursor: TokenCursor, line: number): Expression {
  if (cursor.is("{")) return { kind: "anonymous", line, members: parseAnonymous(cursor) };
  if (cursor.accept("[")) {
    cursor.expect("]");
    return { kind: "newArray", line, element: null, size: null, items: parseItems(cursor) };
  }
  const type = parseType(cursor);
  if (type.ranks > 0) {
    const element = { ...type, ranks: type.ranks - 1 };
    return { kind: "newArray", line, element, size: null, items: parseItems(cursor) };
  }
  if (cursor.accept("[")) {
    const size = parseExpression(cursor);
    cursor.expect("]");
    const items = cursor.is("{") ? parseItems(cursor) : null;
    return { kind: "newArray", line, element: type, size, items };
  }
  const args = cursor.is("(") ? parseArguments(cursor, "(", ")") : null;
  if (args === null && !cursor.is("{")) cursor.unexpected('"(", "[" or "{"');
  return { kind: "new", line, type, args: args ?? [], initializer: parseInitializer(cursor) };
}

/** Parses `{ a, b }`. */
export function parseItems(cursor: TokenCursor): Expression[] {
  return parseBraced(cursor, () => parseExpression(cursor));
}

function parseInitializer(cursor: TokenCursor): InitializerSyntax[] {
  return cursor.is("{") ? parseBraced(cursor, () => parseInitializerItem(cursor)) : [];
}

function parseInitializerItem(cursor: TokenCursor): InitializerSyntax {
  const { line } = cursor;
  if (cursor.is("{")) return { kind: "add", line, values: parseItems(cursor) };
  if (cursor.accept("[")) {
    const key = parseExpression(cursor);
    cursor.expect("]");
    cursor.expect("=");
    return { kind: "entry", line, key, value: parseExpression(cursor) };
  }
  if (!cursor.isIdentifier() || !cursor.is("=", 1)) {
    return { kind: "add", line, values: [parseExpression(cursor)] };
  }
  const name = cursor.identifier();
  cursor.expect("=");
  return { kind: "property", line, name, value: parseExpression(cursor) };
}

function parseAnonymous(cursor: TokenCursor): { name: string; value: Expression }[] {
  return parseBraced(cursor, () => {
    const named = cursor.isIdentifier() && cursor.is("=", 1);
    const name = named ? cursor.identifier() : null;
    if (named) cursor.expect("=");
    const value = parseExpression(cursor);
    if (name !== null) return { name, value };
    if (value.kind !== "name" && value.kind !== "member") return cursor.unexpected('"name = value"');
    return { name: value.name, value };
  });
}

function parseBraced<T>(cursor: TokenCursor, parseItem: () => T): T[] {
  const items: T[] = [];
  cursor.expect("{");
  while (!cursor.accept("}")) {
    if (items.length > 0) {
      cursor.expect(",");
      if (cursor.accept("}")) break;
    }
    items.push(parseItem());
  }
  return items;
}
