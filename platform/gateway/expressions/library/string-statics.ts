import { compareOrdinal } from "../runtime/compare-values.ts";
import type { EnumValue } from "../runtime/enum-value.ts";
import { spendSize } from "../runtime/evaluation.ts";
import { iterate } from "../runtime/iterate.ts";
import { formatComposite, textOrEmpty } from "../runtime/text-of.ts";
import type { MemberTable } from "../types/type-definition.ts";
import { compareBy, comparison, folded } from "./string-comparison.ts";

/** Static members of `System.String`. */
export const STRING_STATICS: MemberTable = {
  "string Empty": () => "",
  "bool IsNullOrEmpty(string? value)": (value: string | null) => value === null || value === "",
  "bool IsNullOrWhiteSpace(string? value)": (value: string | null) => value === null || value.trim() === "",
  "string Join(string? separator, params string[] values)": join,
  "string Join(string? separator, params object[] values)": join,
  "string Join<T>(string? separator, IEnumerable<T> values)": join,
  "string Concat(params string[] values)": (values: unknown) => join("", values),
  "string Concat(params object[] values)": (values: unknown) => join("", values),
  "string Concat<T>(IEnumerable<T> values)": (values: unknown) => join("", values),
  "string Format(string format, params object[] args)": format,
  "bool Equals(string? left, string? right)": (left: string | null, right: string | null) => left === right,
  "bool Equals(string? left, string? right, StringComparison comparison)": (
    left: string | null,
    right: string | null,
    by: EnumValue,
  ) => (left === null || right === null ? left === right : folded(left, by) === folded(right, by)),
  "int Compare(string? left, string? right)": (left: string | null, right: string | null) =>
    compareBy(left, right, comparison("CurrentCulture")),
  "int Compare(string? left, string? right, bool ignoreCase)": (
    left: string | null,
    right: string | null,
    ignoreCase: boolean,
  ) => compareBy(left, right, comparison(ignoreCase ? "CurrentCultureIgnoreCase" : "CurrentCulture")),
  "int Compare(string? left, string? right, StringComparison comparison)": compareBy,
  "int CompareOrdinal(string? left, string? right)": (left: string | null, right: string | null) =>
    left === null || right === null
      ? compareBy(left, right, comparison("Ordinal"))
      : compareOrdinal(left, right),
  "string Copy(string value)": (value: string) => value,
};

function join(separator: string | null, values: unknown): string {
  const texts = Array.from(iterate(values), textOrEmpty);
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  spendSize(size + texts.length * (separator ?? "").length);
  return texts.join(separator ?? "");
}

function format(pattern: string, args: readonly unknown[]): string {
  const text = formatComposite(pattern, args);
  spendSize(text.length);
  return text;
}
