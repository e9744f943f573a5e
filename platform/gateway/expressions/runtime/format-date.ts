import { calendarOf, type Calendar } from "./calendar.ts";
import { raiseFormat } from "./thrown.ts";
import { TICKS } from "./time-span.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
/** Standard formats of the invariant culture as custom ones; the universal ones are handled apart. */
const STANDARD: ReadonlyMap<string, string> = new Map([
  ["d", "MM/dd/yyyy"],
  ["D", "dddd, dd MMMM yyyy"],
  ["f", "dddd, dd MMMM yyyy HH:mm"],
  ["F", "dddd, dd MMMM yyyy HH:mm:ss"],
  ["g", "MM/dd/yyyy HH:mm"],
  ["G", "MM/dd/yyyy HH:mm:ss"],
  ["m", "MMMM dd"],
  ["M", "MMMM dd"],
  ["o", "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK"],
  ["O", "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK"],
  ["r", "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"],
  ["R", "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"],
  ["s", "yyyy'-'MM'-'dd'T'HH':'mm':'ss"],
  ["t", "HH:mm"],
  ["T", "HH:mm:ss"],
  ["u", "yyyy'-'MM'-'dd HH':'mm':'ss'Z'"],
  ["y", "yyyy MMMM"],
  ["Y", "yyyy MMMM"],
]);
const SPECIFIER =
  /\\(.)|'([^']*)'|"([^"]*)"|%?(d{1,4}|M{1,4}|y{1,5}|HH?|hh?|mm?|ss?|f{1,7}|F{1,7}|tt?|z{1,3}|K|gg?)|[^]/g;

export interface Zone {
  /** What `K` prints: "Z", "+02:00" or nothing. */
  readonly offset: string;
  readonly offsetMinutes: number;
  /** Whether this is a DateTimeOffset, whose `r` and `u` print UTC. */
  readonly isOffsetDate: boolean;
}

/**
 * Formats a clock reading by a standard or custom format of the invariant culture.
 * Source: Microsoft Learn, "Standard date and time format strings", "Custom date and time format strings".
 */
export function formatDate(ticks: bigint, zone: Zone, format: string): string {
  const isStandard = format.length <= 1;
  const pattern = isStandard ? STANDARD.get(format === "" ? "G" : format) : format;
  if (pattern === undefined) return raiseFormat();
  const isUniversal = isStandard && zone.isOffsetDate && /^[rRu]$/.test(format);
  const calendar = calendarOf(isUniversal ? ticks - BigInt(zone.offsetMinutes) * TICKS.minute : ticks);
  return customDate(calendar, zone, pattern);
}

function customDate(calendar: Calendar, zone: Zone, pattern: string): string {
  const text = pattern.replace(SPECIFIER, (match, ...groups) => {
    const [escaped, single, double, specifier] = groups.map((group) =>
      typeof group === "string" ? group : undefined,
    );
    return specifier === undefined
      ? (escaped ?? single ?? double ?? match)
      : write(calendar, zone, specifier);
  });
  // An F without digits takes the point before it along.
  return text.replaceAll(".\0", "").replaceAll("\0", "");
}

function write(calendar: Calendar, zone: Zone, specifier: string): string {
  const letter = specifier.charAt(0);
  const padded = (value: number) => value.toString().padStart(specifier.length, "0");
  const fraction = calendar.fraction.toString().padStart(7, "0").slice(0, specifier.length);
  switch (letter) {
    case "d":
      return specifier.length < 3 ? padded(calendar.day) : name(DAYS, calendar.weekday, specifier);
    case "M":
      return specifier.length < 3 ? padded(calendar.month) : name(MONTHS, calendar.month - 1, specifier);
    case "y":
      return specifier.length < 3 ? padded(calendar.year % 100) : padded(calendar.year);
    case "H":
      return padded(calendar.hour);
    case "h":
      return padded(calendar.hour % 12 === 0 ? 12 : calendar.hour % 12);
    case "m":
      return padded(calendar.minute);
    case "s":
      return padded(calendar.second);
    case "f":
      return fraction;
    case "F":
      return fraction.replace(/0+$/, "") || "\0";
    case "t":
      return (calendar.hour < 12 ? "AM" : "PM").slice(0, specifier.length);
    case "K":
      return zone.offset;
    case "g":
      return "A.D.";
    default:
      return offset(zone.offsetMinutes, specifier.length);
  }
}

function name(names: readonly string[], index: number, specifier: string): string {
  const full = names[index] ?? "";
  return specifier.length === 3 ? full.slice(0, 3) : full;
}

function offset(minutes: number, width: number): string {
  const size = Math.abs(minutes);
  const sign = minutes < 0 ? "-" : "+";
  const hours = Math.floor(size / 60)
    .toString()
    .padStart(Math.min(width, 2), "0");
  return width < 3 ? sign + hours : `${sign}${hours}:${(size % 60).toString().padStart(2, "0")}`;
}
