import { compareOrdinal, compareText } from "../runtime/compare-values.ts";
import type { EnumValue } from "../runtime/enum-value.ts";
import { STRING_COMPARISON } from "../runtime/enumerations.ts";

/** Whether a StringComparison ignores case: its odd members do. */
export function ignoresCase(comparison: EnumValue): boolean {
  return comparison.value % 2 === 1;
}

/** The text as the comparison sees it. */
export function folded(text: string, comparison: EnumValue): string {
  return ignoresCase(comparison) ? foldCase(text) : text;
}

/** Upper case of each character that has a single one, as .NET's ordinal comparison folds. */
export function foldCase(text: string): string {
  const upper = text.toUpperCase();
  return upper.length === text.length
    ? upper
    : text.replace(/[^]/g, (c) => (c.toUpperCase().length === 1 ? c.toUpperCase() : c));
}

/** Order of two texts, null first. */
export function compareBy(left: string | null, right: string | null, comparison: EnumValue): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  const [a, b] = [folded(left, comparison), folded(right, comparison)];
  const isOrdinal = comparison.value >= 4;
  return isOrdinal ? compareOrdinal(a, b) : compareText(a, b);
}

/** A member of StringComparison by name. */
export function comparison(
  name: "CurrentCulture" | "Ordinal" | "OrdinalIgnoreCase" | "CurrentCultureIgnoreCase",
): EnumValue {
  return STRING_COMPARISON.of(STRING_COMPARISON.members.get(name) ?? 0);
}
