import { ClrValue } from "./clr-value.ts";
import { raise } from "./thrown.ts";

/** `object.Equals(left, right)`: numbers are equal only when of one type. */
export function equalValues(left: unknown, right: unknown): boolean {
  if (left instanceof ClrValue && right !== null) return left.equals(right);
  return left === right;
}

/** What stands for a value as the key of a Map. */
export function keyOf(value: unknown): unknown {
  if (value instanceof ClrValue) return value.key();
  return typeof value === "string" ? `s:${value}` : value;
}

/** `Comparer.Default.Compare`: null comes first; throws ArgumentException for values without an order. */
export function compareValues(left: unknown, right: unknown): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  const order = orderOf(left, right);
  if (order === null) return raise("ArgumentException", "At least one object must implement IComparable.");
  return order;
}

function orderOf(left: unknown, right: unknown): number | null {
  if (typeof left === "string" && typeof right === "string") return compareText(left, right);
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  if (typeof left === "bigint" && typeof right === "bigint") return left < right ? -1 : left > right ? 1 : 0;
  return left instanceof ClrValue ? left.compare(right) : null;
}

const collator = new Intl.Collator("en-US-u-co-standard", { caseFirst: "lower", usage: "sort" });

/** Culture comparison of strings, which `Compare`, `CompareTo` and `OrderBy` use. */
export function compareText(left: string, right: string): number {
  return collator.compare(left, right);
}

/** Ordinal comparison of UTF-16 code units. */
export function compareOrdinal(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
