import type { Expression, FunctionStatement, LocalStatement, Statement, TypeSyntax } from "./ast.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseItems } from "./parse-new.ts";
import { parseBlock } from "./parse-statement.ts";
import { parseType } from "./parse-type.ts";
import type { TokenCursor } from "./token-cursor.ts";

/** Parses a local variable or a local function; null where neither stands. */
export function parseDeclaration(cursor: TokenCursor): Statement | null {
  const { line } = cursor;
  const localFunction = parseFunction(cursor, line);
  if (localFunction !== null) return localFunction;
  if (!isLocalDeclaration(cursor)) return null;
  const local = parseLocal(cursor, line, false);
  cursor.expect(";");
  return local;
}

/** Whether a type and a name stand here; the cursor does not move. */
export function isLocalDeclaration(cursor: TokenCursor): boolean {
  let found = false;
  cursor.attempt(() => {
    parseType(cursor);
    found = cursor.isIdentifier() && ["=", ";", ","].some((text) => cursor.is(text, 1));
    return null;
  });
  return found;
}

/** Parses `T a = 1, b` up to its end, which the caller takes. */
export function parseLocal(cursor: TokenCursor, line: number, constant: boolean): LocalStatement {
  const isInferred = cursor.is("var") && cursor.isIdentifier(1);
  if (isInferred) cursor.next();
  const type = isInferred ? null : parseType(cursor);
  const declarators = [parseDeclarator(cursor)];
  while (cursor.accept(",")) declarators.push(parseDeclarator(cursor));
  return { kind: "local", line, constant, type, declarators };
}

function parseDeclarator(cursor: TokenCursor): LocalStatement["declarators"][number] {
  const name = cursor.identifier();
  if (!cursor.accept("=")) return { name, value: null, items: null };
  if (cursor.is("{")) return { name, value: null, items: parseItems(cursor) };
  return { name, value: parseExpression(cursor), items: null };
}

function parseFunction(cursor: TokenCursor, line: number): FunctionStatement | null {
  const head = cursor.attempt(() => {
    const returns = cursor.is("void") ? parseVoid(cursor) : parseType(cursor);
    if (!cursor.isIdentifier() || !cursor.is("(", 1)) return null;
    const name = cursor.identifier();
    return { returns, name, parameters: parseParameters(cursor) };
  });
  if (head === null) return null;
  return { kind: "function", line, ...head, body: parseFunctionBody(cursor) };
}

function parseFunctionBody(cursor: TokenCursor): FunctionStatement["body"] {
  if (!cursor.accept("=>")) return parseBlock(cursor);
  const body: Expression = parseExpression(cursor);
  cursor.expect(";");
  return body;
}

function parseVoid(cursor: TokenCursor): TypeSyntax {
  const { line } = cursor.next();
  return { line, name: "void", args: [], nullable: false, ranks: 0 };
}

function parseParameters(cursor: TokenCursor): FunctionStatement["parameters"] {
  const parameters: { name: string; type: TypeSyntax }[] = [];
  cursor.expect("(");
  while (!cursor.accept(")")) {
    if (parameters.length > 0) cursor.expect(",");
    const type = parseType(cursor);
    parameters.push({ type, name: cursor.identifier() });
  }
  return parameters;
}
