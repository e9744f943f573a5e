import { Decimal } from "./decimal.ts";
import {
  BoxedNumber,
  decimal,
  double,
  integer,
  integerRange,
  isIntegerKind,
  type NumericKind,
} from "./number.ts";

/** What a failed parse was: no number, or one out of range. */
export type ParseFailure = "format" | "overflow";

/** Reads a number as `int.Parse`, `double.Parse`, … do in the invariant culture. */
export function parseNumber(text: string, kind: NumericKind): { value: unknown } | ParseFailure {
  const trimmed = text.trim();
  if (isIntegerKind(kind)) {
    if (!/^[+-]?\d+$/.test(trimmed) || trimmed.length > 400)
      return /^[+-]?\d+$/.test(trimmed) ? "overflow" : "format";
    const value = BigInt(trimmed.replace(/^\+/, ""));
    const { least, most } = integerRange(kind);
    return value < least || value > most ? "overflow" : { value: integer(kind, value) };
  }
  return parseReal(trimmed, kind);
}

function parseReal(text: string, kind: "float" | "double" | "decimal"): { value: unknown } | ParseFailure {
  const special = kind === "decimal" ? undefined : SPECIAL.get(text.toLowerCase());
  if (special !== undefined) return { value: new BoxedNumber(kind, special) };
  const bare = text.replace(/(?<=\d),(?=\d)/g, "");
  const pattern =
    kind === "decimal" ? /^[+-]?(\d+\.?\d*|\.\d+)$/ : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,5})?$/i;
  if (!pattern.test(bare)) return "format";
  if (kind === "double") return { value: double(Number(bare)) };
  if (kind === "float") return { value: new BoxedNumber("float", Math.fround(Number(bare))) };
  return bare.replace(/\..*/, "").replace(/^[+-]?0*/, "").length > 28
    ? "overflow"
    : { value: decimal(Decimal.parse(bare)) };
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["infinity", Number.POSITIVE_INFINITY],
  ["-infinity", Number.NEGATIVE_INFINITY],
]);
