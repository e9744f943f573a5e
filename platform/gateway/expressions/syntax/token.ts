/** One token; `line` counts from 0 within the expression, `start`/`end` are offsets in its source. */
export type Token = TokenPosition &
  (
    | { readonly kind: "identifier" | "operator" | "end"; readonly text: string }
    | {
        readonly kind: "literal";
        readonly text: string;
        readonly type: LiteralType;
        readonly value: LiteralValue;
      }
    | { readonly kind: "interpolated"; readonly text: string; readonly parts: readonly InterpolationPart[] }
  );

export interface TokenPosition {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** The C# types a literal can have. Integers carry a bigint, reals their decimal text, the rest their JavaScript value. */
export type LiteralType =
  "string" | "char" | "bool" | "null" | "int" | "uint" | "long" | "ulong" | "double" | "float" | "decimal";

export type LiteralValue = string | boolean | bigint | null;

/** Text, or a hole of `$"…"` with the source of its expression. */
export type InterpolationPart =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "hole";
      readonly source: string;
      readonly line: number;
      readonly alignment: number;
      readonly format: string;
    };
