import { ClrValue } from "./clr-value.ts";
import { formatNumber } from "./format-number.ts";
import { raiseFormat, raiseNullReference } from "./thrown.ts";

/** `ToString()` of any value; null throws NullReferenceException. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return raiseNullReference();
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number" || typeof value === "bigint") return value.toString();
  return value instanceof ClrValue ? value.text() : plainTypeName(value);
}

/** The text of a value in a concatenation: null is empty. */
export function textOrEmpty(value: unknown): string {
  return value === null || value === undefined ? "" : textOf(value);
}

/** The text of a value by a format string, as `{0:format}` gives it. */
export function formatValue(value: unknown, format: string): string {
  if (format === "" || value === null) return textOrEmpty(value);
  if (typeof value === "number" || typeof value === "bigint") return formatNumber(value, format);
  return value instanceof ClrValue ? value.format(format) : textOf(value);
}

/**
 * Composite formatting: `{0}`, `{1,10}`, `{2:N2}`, `{{` and `}}`.
 * Source: Microsoft Learn, "Composite formatting".
 */
export function formatComposite(format: string, args: readonly unknown[]): string {
  return format.replace(
    /\{\{|\}\}|\{(\d+)\s*(?:,\s*(-?\d{1,4}))?\s*(?::([^{}]*))?\}|[{}]/g,
    (match, ...groups) => {
      if (match === "{{" || match === "}}") return match.charAt(0);
      const [index, alignment = "0", specifier = ""] = groups.map((group) =>
        typeof group === "string" ? group : undefined,
      );
      if (index === undefined || match.length === 1) return raiseFormat();
      if (Number(index) >= args.length) {
        raiseFormat(
          "Index (zero based) must be greater than or equal to zero and less than the size of the argument list.",
        );
      }
      return align(formatValue(args[Number(index)] ?? null, specifier), Number(alignment));
    },
  );
}

/** Pads to a width: positive aligns right, negative left. */
export function align(text: string, width: number): string {
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}

/** Full .NET name of a plain value's type. */
export function plainTypeName(value: unknown): string {
  if (typeof value === "string") return "System.String";
  if (typeof value === "boolean") return "System.Boolean";
  if (typeof value === "number") return "System.Int32";
  if (typeof value === "bigint") return "System.Int64";
  if (value instanceof Uint8Array) return "System.Byte[]";
  if (value instanceof ClrValue) return value.typeName;
  if (Array.isArray(value))
    return value.every((item) => typeof item === "string") ? "System.String[]" : "System.Object[]";
  return "System.Object";
}
