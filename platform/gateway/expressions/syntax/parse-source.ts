import type { BlockStatement, Expression } from "./ast.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseBlock } from "./parse-statement.ts";
import { Refusal } from "./refusal.ts";
import { TokenCursor } from "./token-cursor.ts";
import { tokenize } from "./tokenize.ts";

/**
 * Parses a whole policy expression, `@(expression)` or `@{statements}`.
 * @throws Refusal when it is no C# of the supported subset
 */
export function parseSource(source: string): Expression | BlockStatement {
  const opening = /^\s*@(?=[({])/.exec(source);
  if (opening === null) throw new Refusal(0, 'a policy expression is written "@(…)" or "@{…}"');
  const blank = opening[0].replace(/[^\n]/g, " ");
  const cursor = new TokenCursor(tokenize(blank + source.slice(blank.length)));
  const result = cursor.is("{") ? parseBlock(cursor) : parseParenthesised(cursor);
  if (cursor.peek().kind !== "end") cursor.unexpected("the end of the expression");
  return result;
}

function parseParenthesised(cursor: TokenCursor): Expression {
  cursor.expect("(");
  const expression = parseExpression(cursor);
  cursor.expect(")");
  return expression;
}
