import type { ClrType } from "./clr-type.ts";

/** A member of a library type, read from its C# declaration. */
export interface Signature {
  readonly kind: "method" | "property" | "indexer" | "constructor";
  readonly name: string;
  /** Names of the member's own type parameters. */
  readonly typeParameters: readonly string[];
  readonly returns: ClrType;
  readonly parameters: readonly Parameter[];
  /** Whether the first parameter is marked `this`. */
  readonly extension: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly type: ClrType;
  readonly out: boolean;
  readonly variadic: boolean;
  /** Whether the caller may leave it out; `initial` is the value it then has. */
  readonly optional: boolean;
  readonly initial: string | number | boolean | null;
}
