import { Decimal } from "./decimal.ts";
import { numericKind, rawNumber } from "./number.ts";
import { spendSize } from "./evaluation.ts";
import { raiseFormat } from "./thrown.ts";

/** A double as .NET writes it: the shortest text that reads back, `E+15` and `E-05` outside of that range. */
export function realText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  const exponent = value === 0 ? 0 : Number(value.toExponential().split("e")[1]);
  if (exponent >= 15 || exponent < -5) return exponential(value.toExponential(), 2, "E");
  return Object.is(value, -0) ? "-0" : plainText(value);
}

/**
 * Formats a number by a standard (`D3`, `N2`, `F1`, `X`, `P0`, `E2`, `G`) or custom (`0.00`, `#,##0`) format of the
 * invariant culture. Source: Microsoft Learn, "Standard numeric format strings", "Custom numeric format strings".
 */
export function formatNumber(value: unknown, format: string): string {
  const standard = /^([a-z])(\d{0,3})$/i.exec(format);
  if (standard === null) return format === "" ? plain(value) : customFormat(value, format);
  const [, letter = "G", digits = ""] = standard;
  const precision = digits === "" ? null : Number(digits);
  return standardFormat(value, letter, precision);
}

function standardFormat(value: unknown, letter: string, precision: number | null): string {
  switch (letter.toUpperCase()) {
    case "D":
      return integral(value, (number) =>
        signed(
          number < 0n,
          abs(number)
            .toString()
            .padStart(precision ?? 0, "0"),
        ),
      );
    case "X":
      return hexadecimal(value, letter, precision ?? 0);
    case "F":
      return fixed(value, precision ?? 2);
    case "N":
      return grouped(fixed(value, precision ?? 2));
    case "P":
      return `${grouped(fixed(scaled(value, 2), precision ?? 2))} %`;
    case "E":
      return exponential(asNumber(value).toExponential(precision ?? 6), 3, letter);
    case "G":
    case "R":
      return precision === null || precision === 0 ? plain(value) : general(asNumber(value), precision);
    default:
      return raiseFormat("Format specifier was invalid.");
  }
}

function plain(value: unknown): string {
  const raw = rawNumber(value);
  return typeof raw === "number" ? realText(raw) : raw.toString();
}

function integral(value: unknown, write: (number: bigint) => string): string {
  const raw = rawNumber(value);
  const kind = numericKind(value);
  if (raw instanceof Decimal || kind === "double" || kind === "float")
    return raiseFormat("Format specifier was invalid.");
  return write(BigInt(raw));
}

function hexadecimal(value: unknown, letter: string, width: number): string {
  const bits = numericKind(value) === "int" ? 32 : 64;
  const text = integral(value, (number) => BigInt.asUintN(bits, number).toString(16)).padStart(width, "0");
  return letter === "X" ? text.toUpperCase() : text;
}

/** The exact decimal value, so that rounding is that of the digits and not of the binary fraction. */
function exact(value: unknown): Decimal | null {
  const raw = rawNumber(value);
  if (raw instanceof Decimal) return raw;
  if (typeof raw === "bigint") return Decimal.of(raw, 0);
  return Math.abs(raw) < 1e15 ? Decimal.parse(raw.toString()) : null;
}

function scaled(value: unknown, places: number): unknown {
  const number = exact(value);
  return number === null
    ? asNumber(value) * 10 ** places
    : wrap(number.multiply(Decimal.of(10n ** BigInt(places), 0)));
}

function wrap(number: Decimal): bigint | number {
  return number.toNumber();
}

function fixed(value: unknown, places: number): string {
  const number = exact(value);
  if (number === null) return asNumber(value).toFixed(Math.min(places, 100));
  const rounded = number.round(places, true);
  const missing = places - rounded.scale;
  if (missing <= 0) return rounded.toString();
  return `${rounded.toString()}${rounded.scale === 0 ? "." : ""}${"0".repeat(missing)}`;
}

function grouped(text: string): string {
  const [whole = "", fraction] = text.split(".");
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

function exponential(text: string, digits: number, letter: string): string {
  const [mantissa = "", exponent = "0"] = text.split("e");
  const sign = exponent.startsWith("-") ? "-" : "+";
  const power = exponent.replace(/^[+-]/, "").padStart(digits, "0");
  return `${mantissa}${letter}${sign}${power}`;
}

function general(value: number, precision: number): string {
  const text = value.toPrecision(Math.min(precision, 100));
  if (text.includes("e")) return exponential(Number(text).toExponential(), 2, "E");
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function customFormat(value: unknown, format: string): string {
  const sections = format.split(";");
  const number = asNumber(value);
  const negative = number < 0;
  const section = (number === 0 ? sections[2] : negative ? sections[1] : undefined) ?? sections[0] ?? "";
  const hasOwnSign = negative && sections[1] !== undefined;
  const text = customSection(value, section);
  return hasOwnSign ? text.replace("-", "") : text;
}

function customSection(value: unknown, section: string): string {
  spendSize(section.length);
  const pattern = /[0#][0#,]*(?:\.[0#]+)?|\.[0#]+/.exec(section);
  if (pattern === null) return unquote(section);
  const percent = section.includes("%");
  const digits = customDigits(percent ? scaled(value, 2) : value, pattern[0]);
  const before = unquote(section.slice(0, pattern.index));
  return before + digits + unquote(section.slice(pattern.index + pattern[0].length));
}

function customDigits(value: unknown, pattern: string): string {
  const [whole = "", fraction = ""] = pattern.split(".");
  const least = whole.replace(/[^0]/g, "").length;
  const kept = fraction.lastIndexOf("0") + 1;
  const [integerPart = "", decimals = ""] = fixed(value, fraction.length).split(".");
  const sign = integerPart.startsWith("-") ? "-" : "";
  const bare = integerPart.replace("-", "").replace(/^0+/, "").padStart(least, "0");
  const shown = decimals.slice(0, kept) + decimals.slice(kept).replace(/0+$/, "");
  const text = sign + (whole.includes(",") ? grouped(bare) : bare);
  return shown === "" ? text : `${text}.${shown}`;
}

function unquote(text: string): string {
  return text.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, "$1$2$3");
}

function plainText(value: number): string {
  const text = value.toString();
  return text.includes("e") ? exponential(text, 2, "E") : text;
}

function asNumber(value: unknown): number {
  const raw = rawNumber(value);
  return raw instanceof Decimal ? raw.toNumber() : Number(raw);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function signed(negative: boolean, text: string): string {
  return negative ? `-${text}` : text;
}
