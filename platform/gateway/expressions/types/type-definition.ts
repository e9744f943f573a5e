import type { ClrType } from "./clr-type.ts";
import { parseSignature, parseSignatureType } from "./parse-signature.ts";
import type { Signature } from "./signature.ts";

/** A type of the library: what the binder knows of it, and what runs. */
export interface TypeDefinition {
  readonly name: string;
  readonly namespace: string;
  readonly kind: TypeKind;
  readonly typeParameters: readonly string[];
  readonly bases: readonly ClrType[];
  /** Whether a non-null value is one of this type. */
  readonly holds: (value: unknown) => boolean;
  readonly instance: readonly Member[];
  readonly statics: readonly Member[];
  readonly constructors: readonly Member[];
}

export type TypeKind = "class" | "struct" | "interface" | "enum" | "static";

export interface Member {
  readonly signature: Signature;
  readonly run: Implementation;
  /** Absent on what cannot be assigned. */
  readonly set?: Implementation;
}

/**
 * Receives the instance (not for statics and constructors), the arguments, and last a {@link Call}. The binder proves
 * by the signature that the values have the declared types, so that implementations declare their parameters so.
 */
export type Implementation = (...args: never[]) => unknown;

/** What an implementation may want beside its arguments. */
export interface Call {
  /** The type a type parameter of the member or of its type is bound to. */
  type(parameter: string): ClrType;
  /** Whether a value that is not null is of a type. */
  holds(type: ClrType, value: unknown): boolean;
}

/** The cell that an `out` parameter writes. */
export interface Cell {
  value: unknown;
}

export type MemberTable = Readonly<
  Record<string, Implementation | { readonly get: Implementation; readonly set: Implementation }>
>;

export interface TypeParts {
  readonly holds?: (value: unknown) => boolean;
  readonly instance?: MemberTable;
  readonly statics?: MemberTable;
  readonly constructors?: MemberTable;
}

/**
 * Defines a type from its C# header and the C# declarations of its members, such as
 * `defineType("class System.Text.StringBuilder", { instance: { "int Length": … } })`.
 */
export function defineType(header: string, parts: TypeParts): TypeDefinition {
  const match = /^(class|struct|interface|enum|static) ([\w.]+)(?:<([\w, ]+)>)?(?: : (.+))?$/.exec(header);
  if (match === null) throw new TypeError(`not a type header: ${header}`);
  const [, kind = "", fullName = "", parameters = "", bases = ""] = match;
  const dot = fullName.lastIndexOf(".");
  return {
    name: fullName.slice(dot + 1),
    namespace: fullName.slice(0, Math.max(dot, 0)),
    kind: typeKind(kind),
    typeParameters: parameters.split(/, ?/).filter((name) => name !== ""),
    bases: splitBases(bases).map(parseSignatureType),
    holds: parts.holds ?? (() => false),
    instance: members(parts.instance),
    statics: members(parts.statics),
    constructors: members(parts.constructors),
  };
}

function typeKind(text: string): TypeKind {
  if (text === "class" || text === "struct" || text === "interface" || text === "enum") return text;
  return "static";
}

function splitBases(bases: string): string[] {
  return bases === "" ? [] : bases.split(/, (?![^<]*>)/);
}

function members(table: MemberTable = {}): Member[] {
  return Object.entries(table).map(([declaration, implementation]) => {
    const signature = parseSignature(declaration);
    if (typeof implementation === "function") return { signature, run: implementation };
    return { signature, run: implementation.get, set: implementation.set };
  });
}
