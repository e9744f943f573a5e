import { BigIntegerValue } from "../runtime/big-integer-value.ts";
import { DateTime, DateTimeOffset } from "../runtime/date-time.ts";
import { numericKind } from "../runtime/number.ts";
import { textOf } from "../runtime/text-of.ts";

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** A plain .NET value as JSON. */
export function writeScalar(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (numericKind(value) !== null) return number(value);
  if (value instanceof BigIntegerValue) return value.text();
  if (value instanceof DateTime || value instanceof DateTimeOffset) {
    return quoteJson(value.format("yyyy-MM-ddTHH:mm:ss.FFFFFFFK"));
  }
  if (value instanceof Uint8Array) return quoteJson(Buffer.from(value).toString("base64"));
  return quoteJson(textOf(value));
}

/** A JSON string with its quotes. */
export function quoteJson(text: string): string {
  const escaped = text.replace(
    /["\\\u0000-\u001f\u0085\u2028\u2029]/g,
    (character) => ESCAPES.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `"${escaped}"`;
}

function number(value: unknown): string {
  const text = textOf(value);
  if (!Number.isFinite(Number(text))) return quoteJson(text);
  const kind = numericKind(value);
  const isReal = kind === "double" || kind === "float" || kind === "decimal";
  return isReal && !/[.E]/.test(text) ? `${text}.0` : text;
}
