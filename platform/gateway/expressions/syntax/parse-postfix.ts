import type { ArgumentSyntax, Expression, TypeSyntax } from "./ast.ts";
import { parseExpression } from "./parse-expression.ts";
import { parsePrimary } from "./parse-primary.ts";
import { parseCallTypeArguments, parseType } from "./parse-type.ts";
import type { TokenCursor } from "./token-cursor.ts";

/** Parses a primary expression with its members, calls, indexers and `?.` chain. */
export function parsePostfix(cursor: TokenCursor): Expression {
  return parseSuffixes(cursor, parsePrimary(cursor));
}

/** Parses `(a, name: b, out c)`. */
export function parseArguments(cursor: TokenCursor, open: "(" | "[", close: ")" | "]"): ArgumentSyntax[] {
  const args: ArgumentSyntax[] = [];
  cursor.expect(open);
  while (!cursor.accept(close)) {
    if (args.length > 0) cursor.expect(",");
    args.push(parseArgument(cursor));
  }
  return args;
}

function parseSuffixes(cursor: TokenCursor, start: Expression): Expression {
  let target = start;
  for (;;) {
    const { line } = cursor;
    const next = parseSuffix(cursor, target);
    if (next !== null) target = next;
    else if (cursor.is("?.") || (cursor.is("?") && cursor.is("[", 1))) {
      const rest = parseConditionalRest(cursor, line);
      return { kind: "conditionalAccess", line, target, rest };
    } else return target;
  }
}

function parseConditionalRest(cursor: TokenCursor, line: number): Expression {
  const receiver: Expression = { kind: "receiver", line };
  return cursor.nested(() =>
    parseSuffixes(cursor, cursor.next().text === "?." ? parseMember(cursor, receiver) : receiver),
  );
}

function parseSuffix(cursor: TokenCursor, target: Expression): Expression | null {
  const { line } = cursor;
  if (cursor.accept(".")) return parseMember(cursor, target);
  if (cursor.is("(")) return { kind: "call", line, target, args: parseArguments(cursor, "(", ")") };
  if (cursor.is("[")) return { kind: "index", line, target, args: parseArguments(cursor, "[", "]") };
  if (cursor.accept("++")) return { kind: "increment", line, operator: "++", prefix: false, operand: target };
  if (cursor.accept("--")) return { kind: "increment", line, operator: "--", prefix: false, operand: target };
  return null;
}

function parseMember(cursor: TokenCursor, target: Expression): Expression {
  const { line } = cursor;
  const name = cursor.identifier();
  return { kind: "member", line, target, name, typeArguments: parseCallTypeArguments(cursor) };
}

function parseArgument(cursor: TokenCursor): ArgumentSyntax {
  const named = cursor.isIdentifier() && cursor.is(":", 1);
  const name = named ? cursor.identifier() : null;
  if (named) cursor.expect(":");
  if (cursor.is("ref")) cursor.unexpected('a value ("ref" is not supported)');
  if (!cursor.accept("out")) return { name, out: null, value: parseExpression(cursor) };
  const type = parseOutType(cursor);
  return { name, out: { type }, value: parseExpression(cursor) };
}

function parseOutType(cursor: TokenCursor): TypeSyntax | null | undefined {
  if (cursor.is("var") && cursor.isIdentifier(1)) {
    cursor.next();
    return null;
  }
  const type = cursor.attempt(() => {
    const parsed = parseType(cursor);
    return cursor.isIdentifier() ? parsed : null;
  });
  return type ?? undefined;
}
