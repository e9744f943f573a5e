import type { Expression, TryStatement, TypeSyntax } from "./ast.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseBlock } from "./parse-statement.ts";
import { parseType } from "./parse-type.ts";
import type { TokenCursor } from "./token-cursor.ts";

/** Parses a try statement, the word `try` being taken. */
export function parseTry(cursor: TokenCursor, line: number): TryStatement {
  const body = parseBlock(cursor);
  const catches: TryStatement["catches"][number][] = [];
  while (cursor.is("catch")) catches.push(parseCatch(cursor));
  const last = cursor.accept("finally") ? parseBlock(cursor) : null;
  if (catches.length === 0 && last === null) cursor.unexpected('"catch" or "finally"');
  return { kind: "try", line, body, catches, finally: last };
}

function parseCatch(cursor: TokenCursor): TryStatement["catches"][number] {
  const { line } = cursor.next();
  let type: TypeSyntax | null = null;
  let name: string | null = null;
  if (cursor.accept("(")) {
    type = parseType(cursor);
    name = cursor.isIdentifier() ? cursor.identifier() : null;
    cursor.expect(")");
  }
  return { line, type, name, filter: parseFilter(cursor), body: parseBlock(cursor) };
}

function parseFilter(cursor: TokenCursor): Expression | null {
  if (!cursor.accept("when")) return null;
  cursor.expect("(");
  const filter = parseExpression(cursor);
  cursor.expect(")");
  return filter;
}
