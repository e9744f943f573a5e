/**
 * Reads a .NET time span, `[d.]hh:mm:ss[.fffffff]`.
 *
 * @returns milliseconds; `undefined` for what is no time span
 * @see https://learn.microsoft.com/dotnet/standard/base-types/standard-timespan-format-strings
 */
export function parseTimespan(text: string): number | undefined {
  const parts = TIMESPAN.exec(text);
  if (!parts) return undefined;
  const [, days = "0", hours = "", minutes = "", seconds = "", fraction = ""] = parts;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  // Ticks are whole numbers, so that 1.3 ms does not become 1.2999999999999998.
  return (whole * TICKS_PER_SECOND + Number(fraction.padEnd(7, "0"))) / TICKS_PER_MILLISECOND;
}

const TIMESPAN = /^(?:(\d{1,8})\.)?([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,7}))?$/;
const TICKS_PER_SECOND = 10_000_000;
const TICKS_PER_MILLISECOND = 10_000;
