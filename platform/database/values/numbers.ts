import { Double, Int32, Long, Timestamp } from "bson";
import { notImplemented } from "../errors.ts";

/**
 * The value as a JavaScript number, or `undefined` when it is no number.
 *
 * @throws {CommandError} `NotImplemented` for a 64-bit integer beyond 2^53: as doubles two of them could be equal
 */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long && !(value instanceof Timestamp)) return safeInteger(value);
  return undefined;
}

/** `left + right` in the type that MongoDB gives it: double wins, then the 64-bit integer, and int32 widens. */
export function addNumbers(left: unknown, right: unknown): Double | Int32 | Long {
  return typedResult((numberOf(left) ?? 0) + (numberOf(right) ?? 0), left, right);
}

/** `left * right`, typed as by {@link addNumbers}. */
export function multiplyNumbers(left: unknown, right: unknown): Double | Int32 | Long {
  return typedResult((numberOf(left) ?? 0) * (numberOf(right) ?? 0), left, right);
}

/** Whether `value` is stored as a double rather than as an integer. */
function isDouble(value: unknown): boolean {
  return value instanceof Double || (typeof value === "number" && !Number.isInteger(value));
}

function typedResult(result: number, left: unknown, right: unknown): Double | Int32 | Long {
  if (isDouble(left) || isDouble(right)) return new Double(result);
  if (!Number.isSafeInteger(result)) throw notImplemented("integers beyond 2^53");
  const wide = left instanceof Long || right instanceof Long || Math.trunc(result) !== (result | 0);
  return wide ? Long.fromNumber(result) : new Int32(result);
}

function safeInteger(value: Long): number {
  const number = value.toNumber();
  if (!Number.isSafeInteger(number)) throw notImplemented("integers beyond 2^53");
  return number;
}
