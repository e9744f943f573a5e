import type { TypeSyntax } from "../syntax/ast.ts";
import { Refusal } from "../syntax/refusal.ts";
import { arrayOf, clrType, VOID, type ClrType } from "../types/clr-type.ts";
import type { TypeRegistry } from "../types/type-registry.ts";
import { isDelegate, isReferenceType } from "./type-relations.ts";

/** .NET names of the predefined types. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["Object", "object"],
  ["String", "string"],
  ["Boolean", "bool"],
  ["Char", "char"],
  ["SByte", "sbyte"],
  ["Byte", "byte"],
  ["Int16", "short"],
  ["UInt16", "ushort"],
  ["Int32", "int"],
  ["UInt32", "uint"],
  ["Int64", "long"],
  ["UInt64", "ulong"],
  ["Single", "float"],
  ["Double", "double"],
  ["Decimal", "decimal"],
]);

/** The type that a type as written means; an unknown one is refused by name. */
export function resolveType(syntax: TypeSyntax, registry: TypeRegistry): ClrType {
  const args = syntax.args.map((arg) => resolveType(arg, registry));
  if (syntax.name === "void") return VOID;
  let type = resolveNamed(syntax, args, registry);
  if (syntax.nullable) {
    if (isReferenceType(type, registry))
      throw new Refusal(syntax.line, `"${syntax.name}?": only value types take "?" in C# 7`);
    type = clrType("Nullable", type);
  }
  for (let rank = 0; rank < syntax.ranks; rank++) type = arrayOf(type);
  return type;
}

/** The type of a dotted name without type arguments; null when there is none. */
export function findType(name: string, registry: TypeRegistry): ClrType | null {
  const dot = name.lastIndexOf(".");
  const namespace = name.slice(0, Math.max(dot, 0));
  const bare = name.slice(dot + 1);
  if (namespace === "System" || namespace === "") {
    const alias = ALIASES.get(bare);
    if (alias !== undefined) return clrType(alias);
  }
  const definition = registry.find(bare);
  if (definition === undefined || (namespace !== "" && definition.namespace !== namespace)) return null;
  return clrType(bare);
}

function resolveNamed(syntax: TypeSyntax, args: ClrType[], registry: TypeRegistry): ClrType {
  const name = syntax.name.slice(syntax.name.lastIndexOf(".") + 1);
  if (isDelegate(clrType(name)) && (args.length > 0 || name === "Action")) return clrType(name, ...args);
  const type = findType(syntax.name, registry);
  if (type === null) throw new Refusal(syntax.line, `the type "${syntax.name}" is unknown or not supported`);
  const expected = registry.find(type.name)?.typeParameters.length ?? 0;
  if (expected !== args.length) {
    throw new Refusal(
      syntax.line,
      `the type "${syntax.name}" takes ${expected} type arguments, not ${args.length}`,
    );
  }
  return clrType(type.name, ...args);
}
