import type { Expression, Statement, SwitchStatement } from "./ast.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseStatement } from "./parse-statement.ts";
import type { TokenCursor } from "./token-cursor.ts";

/** Parses a switch statement with constant labels, the word `switch` being taken. */
export function parseSwitch(cursor: TokenCursor, line: number): SwitchStatement {
  cursor.expect("(");
  const value = parseExpression(cursor);
  cursor.expect(")");
  cursor.expect("{");
  const sections: SwitchStatement["sections"][number][] = [];
  while (!cursor.accept("}")) sections.push(parseSection(cursor));
  return { kind: "switch", line, value, sections };
}

function parseSection(cursor: TokenCursor): SwitchStatement["sections"][number] {
  const { line } = cursor;
  const labels: (Expression | null)[] = [];
  while (isLabel(cursor)) labels.push(parseLabel(cursor));
  if (labels.length === 0) cursor.unexpected('"case" or "default"');
  const body: Statement[] = [];
  while (!isLabel(cursor) && !cursor.is("}")) body.push(parseStatement(cursor));
  return { line, labels, body };
}

function isLabel(cursor: TokenCursor): boolean {
  return cursor.is("case") || (cursor.is("default") && cursor.is(":", 1));
}

function parseLabel(cursor: TokenCursor): Expression | null {
  const label = cursor.next().text === "case" ? parseExpression(cursor) : null;
  cursor.expect(":");
  return label;
}
