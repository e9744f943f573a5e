import type { TypeSyntax } from "../syntax/ast.ts";
import { parseType, parseTypeArguments } from "../syntax/parse-type.ts";
import { TokenCursor } from "../syntax/token-cursor.ts";
import { tokenize } from "../syntax/tokenize.ts";
import { clrType, type ClrType, VOID } from "./clr-type.ts";
import type { Parameter, Signature } from "./signature.ts";

const VALUE_TYPES = new Set(
  (
    "bool char sbyte byte short ushort int uint long ulong float double decimal " +
    "DateTime DateTimeOffset TimeSpan Guid"
  ).split(" "),
);

/**
 * Reads the declaration of a library member: `int Length`, `char this[int index]`, `(string text)` for a constructor,
 * `IEnumerable<R> Select<T, R>(this IEnumerable<T> source, Func<T, R> selector)`. On reference types `?` marks a
 * parameter that takes null; the others refuse it.
 */
export function parseSignature(declaration: string): Signature {
  const cursor = new TokenCursor(tokenize(declaration));
  if (cursor.is("(")) return { ...parameterList(cursor), ...named("constructor", ".ctor"), returns: VOID };
  const returns = cursor.accept("void") ? VOID : signatureType(parseType(cursor));
  if (cursor.accept("this")) return { ...named("indexer", "this"), ...parameterList(cursor), returns };
  const name = cursor.identifier();
  if (cursor.peek().kind === "end") return { ...named("property", name), returns, parameters: [] };
  const typeParameters = parseTypeArguments(cursor).map((type) => type.name);
  return { ...named("method", name), typeParameters, ...parameterList(cursor), returns };
}

/** Reads a type as the library's declarations write it. */
export function parseSignatureType(text: string): ClrType {
  return signatureType(parseType(new TokenCursor(tokenize(text))));
}

function named<K extends Signature["kind"]>(kind: K, name: string) {
  return { kind, name, typeParameters: [], extension: false };
}

function signatureType(syntax: TypeSyntax): ClrType {
  let type = clrType(syntax.name, ...syntax.args.map(signatureType));
  if (syntax.nullable && VALUE_TYPES.has(syntax.name)) type = clrType("Nullable", type);
  for (let rank = 0; rank < syntax.ranks; rank++) type = clrType("[]", type);
  return syntax.nullable && !VALUE_TYPES.has(syntax.name) ? { ...type, nullable: true } : type;
}

function parameterList(cursor: TokenCursor): Pick<Signature, "parameters" | "extension"> {
  const close = cursor.next().text === "(" ? ")" : "]";
  const extension = cursor.accept("this");
  const parameters: Parameter[] = [];
  while (!cursor.accept(close)) {
    if (parameters.length > 0) cursor.expect(",");
    parameters.push(parameter(cursor));
  }
  return { parameters, extension };
}

function parameter(cursor: TokenCursor): Parameter {
  const out = cursor.accept("out");
  const variadic = cursor.accept("params");
  const written = signatureType(parseType(cursor));
  // "T[]?" is no type of C# 7, and so none that parseType takes
  const type = cursor.accept("?") ? { ...written, nullable: true } : written;
  const name = cursor.identifier();
  const optional = cursor.accept("=");
  return { name, type, out, variadic, optional, initial: optional ? initialValue(cursor) : null };
}

function initialValue(cursor: TokenCursor): Parameter["initial"] {
  const token = cursor.next();
  if (token.kind !== "literal") return cursor.unexpected("a literal");
  return typeof token.value === "bigint" ? Number(token.value) : token.value;
}
