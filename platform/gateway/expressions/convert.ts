import { JValue } from "./json/j-value.ts";
import { ExpressionError } from "./expression-error.ts";
import { convertToNumber, parseBoolean } from "./runtime/convert.ts";
import { textOf } from "./runtime/text-of.ts";
import { Thrown } from "./runtime/thrown.ts";

/**
 * The text of an evaluator value, as .NET's `ToString()` gives it; null is the empty text.
 * @throws ExpressionError when the value has no text
 */
export function toText(value: unknown): string {
  return value === null || value === undefined ? "" : guarded(() => textOf(value));
}

/**
 * The value as boolean: a boolean, a JSON boolean, or the text `true` or `false` in any case.
 * @throws ExpressionError for anything else
 */
export function toBoolean(value: unknown): boolean {
  const bare = unwrap(value);
  const boolean = typeof bare === "string" ? parseBoolean(bare) : bare;
  return typeof boolean === "boolean" ? boolean : refuse("a Boolean");
}

/**
 * The value as 32-bit integer: any number (reals rounded half to even), a JSON number, or the text of an integer.
 * @throws ExpressionError for anything else
 */
export function toInteger(value: unknown): number {
  const bare = unwrap(value);
  if (bare === null || bare === undefined || typeof bare === "boolean") return refuse("an Int32");
  return Number(guarded(() => convertToNumber(bare, "int")));
}

function unwrap(value: unknown): unknown {
  return value instanceof JValue ? value.value : value;
}

function refuse(type: string): never {
  throw new ExpressionError(
    "InvalidCastException",
    `The result of the expression cannot be read as ${type}.`,
  );
}

function guarded<T>(convert: () => T): T {
  try {
    return convert();
  } catch (error) {
    if (error instanceof Thrown) throw new ExpressionError(error.exception.name, error.message);
    if (error instanceof RangeError) throw new ExpressionError("LimitExceeded", error.message);
    throw error;
  }
}
