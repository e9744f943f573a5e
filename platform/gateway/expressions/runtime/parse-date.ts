import { ticksOfChecked } from "./calendar.ts";

/** A date as read: ticks of the clock reading and its offset from UTC in minutes, null when none was written. */
export interface ParsedDate {
  readonly ticks: bigint;
  readonly offsetMinutes: number | null;
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*([AaPp][Mm])?`;
const ZONE = String.raw`\s*(Z|GMT|UTC|[+-]\d{2}:?\d{2})?`;
const ISO = new RegExp(String.raw`^\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\s*${CLOCK})?${ZONE}\s*$`, "i");
const AMERICAN = new RegExp(
  String.raw`^\s*(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:\s+${CLOCK})?${ZONE}\s*$`,
  "i",
);
const NAMED = new RegExp(
  String.raw`^\s*(?:[a-z]{3,9},?\s+)?(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4})(?:\s+${CLOCK})?${ZONE}\s*$`,
  "i",
);

/** Reads ISO 8601, RFC 1123 and the invariant culture's `MM/dd/yyyy HH:mm:ss`; null for anything else. */
export function parseDate(text: string): ParsedDate | null {
  const iso = ISO.exec(text);
  if (iso !== null) return build(iso[1], iso[2], iso[3], iso.slice(4));
  const american = AMERICAN.exec(text);
  if (american !== null) return build(american[3], american[1], american[2], american.slice(4));
  const named = NAMED.exec(text);
  if (named === null) return null;
  const month = MONTHS.indexOf((named[2] ?? "").toLowerCase()) + 1;
  return build(named[3], month.toString(), named[1], named.slice(4));
}

function build(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  [hour, minute, second, fraction, half, zone]: (string | undefined)[],
): ParsedDate | null {
  const ticks = ticksOfChecked({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: hourOf(Number(hour ?? 0), half),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    fraction: Number((fraction ?? "").padEnd(7, "0").slice(0, 7)),
  });
  return ticks === null ? null : { ticks, offsetMinutes: offsetOf(zone) };
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return 99;
  return (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  if (/^[a-z]/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith("-") ? -minutes : minutes;
}
