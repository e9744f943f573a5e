import type { Expression, InterpolatedPart, TypeSyntax } from "./ast.ts";
import { PREDEFINED_TYPES } from "./keywords.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseNew } from "./parse-new.ts";
import { parseCallTypeArguments, parseType } from "./parse-type.ts";
import { TokenCursor } from "./token-cursor.ts";
import type { InterpolationPart } from "./token.ts";
import { tokenize } from "./tokenize.ts";

/** Parses a literal, a name, a parenthesised expression, `new`, `typeof`, `default` or `nameof`. */
export function parsePrimary(cursor: TokenCursor): Expression {
  const token = cursor.peek();
  const { line } = token;
  if (token.kind === "literal") {
    cursor.next();
    return { kind: "literal", line, type: token.type, value: token.value };
  }
  if (token.kind === "interpolated") {
    cursor.next();
    return { kind: "interpolated", line, parts: token.parts.map(parsePart) };
  }
  if (cursor.accept("(")) return parseParenthesised(cursor);
  return parseWord(cursor, line);
}

function parseParenthesised(cursor: TokenCursor): Expression {
  const inner = parseExpression(cursor);
  cursor.expect(")");
  return inner;
}

function parseWord(cursor: TokenCursor, line: number): Expression {
  if (cursor.accept("new")) return parseNew(cursor, line);
  if (cursor.accept("typeof")) return { kind: "typeof", line, type: parseTypeInParentheses(cursor) };
  if (cursor.accept("default")) {
    return { kind: "default", line, type: cursor.is("(") ? parseTypeInParentheses(cursor) : null };
  }
  if (cursor.is("nameof") && cursor.is("(", 1)) return parseNameof(cursor, line);
  if (cursor.accept("unchecked")) return parseUnchecked(cursor);
  if (PREDEFINED_TYPES.has(cursor.peek().text)) {
    const { text } = cursor.next();
    return { kind: "type", line, type: { line, name: text, args: [], nullable: false, ranks: 0 } };
  }
  if (!cursor.isIdentifier()) cursor.unexpected("an expression");
  return { kind: "name", line, name: cursor.identifier(), typeArguments: parseCallTypeArguments(cursor) };
}

/** Arithmetic is unchecked by default, so that `unchecked(e)` is `e`. */
function parseUnchecked(cursor: TokenCursor): Expression {
  cursor.expect("(");
  return parseParenthesised(cursor);
}

function parseTypeInParentheses(cursor: TokenCursor): TypeSyntax {
  cursor.expect("(");
  const type = parseType(cursor);
  cursor.expect(")");
  return type;
}

function parseNameof(cursor: TokenCursor, line: number): Expression {
  cursor.next();
  cursor.expect("(");
  const named = parseParenthesised(cursor);
  if (named.kind !== "name" && named.kind !== "member") return cursor.unexpected("a name in nameof");
  return { kind: "literal", line, type: "string", value: named.name };
}

function parsePart(part: InterpolationPart): InterpolatedPart {
  if (part.kind === "text") return part;
  const cursor = new TokenCursor(tokenize(part.source, part.line));
  const value = parseExpression(cursor);
  if (cursor.peek().kind !== "end") cursor.unexpected('"}"');
  return { kind: "hole", value, alignment: part.alignment, format: part.format };
}
