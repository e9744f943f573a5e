import type { BlockStatement, Expression, Statement } from "./ast.ts";
import { parseExpression } from "./parse-expression.ts";
import { isLocalDeclaration, parseDeclaration, parseLocal } from "./parse-declaration.ts";
import { parseSwitch } from "./parse-switch.ts";
import { parseTry } from "./parse-try.ts";
import { parseType } from "./parse-type.ts";
import type { TokenCursor } from "./token-cursor.ts";

type StatementParser = (cursor: TokenCursor, line: number) => Statement;

const STATEMENTS: ReadonlyMap<string, StatementParser> = new Map<string, StatementParser>([
  ["if", parseIf],
  ["return", parseReturn],
  ["foreach", parseForeach],
  ["for", parseFor],
  ["while", parseWhile],
  ["do", parseDo],
  ["break", (cursor, line) => ended(cursor, { kind: "break", line })],
  ["continue", (cursor, line) => ended(cursor, { kind: "continue", line })],
  ["throw", parseThrow],
  ["try", parseTry],
  ["switch", parseSwitch],
  ["using", parseUsing],
  ["const", (cursor, line) => ended(cursor, parseLocal(cursor, line, true))],
]);

/** Parses `{ … }`. */
export function parseBlock(cursor: TokenCursor): BlockStatement {
  const { line } = cursor;
  const body: Statement[] = [];
  cursor.expect("{");
  while (!cursor.accept("}")) body.push(parseStatement(cursor));
  return { kind: "block", line, body };
}

/** Parses one statement. */
export function parseStatement(cursor: TokenCursor): Statement {
  return cursor.nested(() => {
    const { line } = cursor;
    if (cursor.is("{")) return parseBlock(cursor);
    if (cursor.accept(";")) return { kind: "empty", line };
    const { kind, text } = cursor.peek();
    const parse = kind === "identifier" ? STATEMENTS.get(text) : undefined;
    if (parse === undefined) return parseDeclaration(cursor) ?? parseExpressionStatement(cursor);
    cursor.next();
    return parse(cursor, line);
  });
}

function parseExpressionStatement(cursor: TokenCursor): Statement {
  const { line } = cursor;
  return ended(cursor, { kind: "expression", line, value: parseExpression(cursor) });
}

function parseIf(cursor: TokenCursor, line: number): Statement {
  const test = parseTest(cursor);
  const then = parseStatement(cursor);
  const otherwise = cursor.accept("else") ? parseStatement(cursor) : null;
  return { kind: "if", line, test, then, otherwise };
}

function parseReturn(cursor: TokenCursor, line: number): Statement {
  const value = cursor.is(";") ? null : parseExpression(cursor);
  return ended(cursor, { kind: "return", line, value });
}

function parseThrow(cursor: TokenCursor, line: number): Statement {
  const value = cursor.is(";") ? null : parseExpression(cursor);
  return ended(cursor, { kind: "throw", line, value });
}

function parseForeach(cursor: TokenCursor, line: number): Statement {
  cursor.expect("(");
  const isInferred = cursor.is("var") && cursor.isIdentifier(1);
  if (isInferred) cursor.next();
  const type = isInferred ? null : parseType(cursor);
  const name = cursor.identifier();
  cursor.expect("in");
  const source = parseExpression(cursor);
  cursor.expect(")");
  return { kind: "foreach", line, type, name, source, body: parseStatement(cursor) };
}

function parseFor(cursor: TokenCursor, line: number): Statement {
  cursor.expect("(");
  const init = parseForInit(cursor);
  const test = cursor.is(";") ? null : parseExpression(cursor);
  cursor.expect(";");
  const steps: Expression[] = [];
  while (!cursor.accept(")")) {
    if (steps.length > 0) cursor.expect(",");
    steps.push(parseExpression(cursor));
  }
  return { kind: "for", line, init, test, steps, body: parseStatement(cursor) };
}

function parseForInit(cursor: TokenCursor): Statement[] {
  if (cursor.accept(";")) return [];
  const { line } = cursor;
  if (isLocalDeclaration(cursor)) return [ended(cursor, parseLocal(cursor, line, false))];
  return [parseExpressionStatement(cursor)];
}

function parseWhile(cursor: TokenCursor, line: number): Statement {
  return { kind: "while", line, test: parseTest(cursor), body: parseStatement(cursor) };
}

function parseDo(cursor: TokenCursor, line: number): Statement {
  const body = parseStatement(cursor);
  cursor.expect("while");
  return ended(cursor, { kind: "do", line, test: parseTest(cursor), body });
}

function parseUsing(cursor: TokenCursor, line: number): Statement {
  cursor.expect("(");
  const resource = isLocalDeclaration(cursor)
    ? parseLocal(cursor, cursor.line, false)
    : parseExpression(cursor);
  cursor.expect(")");
  return { kind: "using", line, resource, body: parseStatement(cursor) };
}

function parseTest(cursor: TokenCursor): Expression {
  cursor.expect("(");
  const test = parseExpression(cursor);
  cursor.expect(")");
  return test;
}

function ended<T extends Statement>(cursor: TokenCursor, statement: T): T {
  cursor.expect(";");
  return statement;
}
