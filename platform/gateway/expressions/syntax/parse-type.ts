import type { TypeSyntax } from "./ast.ts";
import { PREDEFINED_TYPES } from "./keywords.ts";
import type { TokenCursor } from "./token-cursor.ts";

/** Parses a type; `nullable` says whether a `?` may belong to it. */
export function parseType(cursor: TokenCursor, nullable = true): TypeSyntax {
  const { line } = cursor;
  let name = parseTypeName(cursor);
  let args = parseTypeArguments(cursor);
  while (cursor.is(".")) {
    cursor.next();
    name += `.${cursor.identifier()}`;
    args = parseTypeArguments(cursor);
  }
  const isNullable = nullable && cursor.accept("?");
  let ranks = 0;
  while (cursor.is("[") && cursor.is("]", 1)) {
    cursor.next();
    cursor.next();
    ranks++;
  }
  return { line, name, args, nullable: isNullable, ranks };
}

/** Parses `<T, …>`, or nothing. */
export function parseTypeArguments(cursor: TokenCursor): TypeSyntax[] {
  const args: TypeSyntax[] = [];
  if (!cursor.accept("<")) return args;
  do args.push(cursor.nested(() => parseType(cursor)));
  while (cursor.accept(","));
  cursor.expect(">");
  return args;
}

/**
 * Parses the type arguments of a call where `<` may also mean "less than": they are taken only when the token after
 * `>` cannot continue a comparison (C# specification, "Grammar ambiguities").
 */
export function parseCallTypeArguments(cursor: TokenCursor): TypeSyntax[] {
  if (!cursor.is("<")) return [];
  const follow = ["(", ")", "]", "}", ":", ";", ",", ".", "?", "?.", "==", "!="];
  const args = cursor.attempt(() => {
    const parsed = parseTypeArguments(cursor);
    return follow.some((text) => cursor.is(text)) ? parsed : null;
  });
  return args ?? [];
}

function parseTypeName(cursor: TokenCursor): string {
  const { kind, text } = cursor.peek();
  if (kind !== "identifier" || !PREDEFINED_TYPES.has(text)) return cursor.identifier();
  cursor.next();
  return text;
}
