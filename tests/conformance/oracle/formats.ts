import { isRealDay, midnightOf } from "./calendar.ts";
import { codePoints } from "./code-points.ts";

/**
 * The formats of the contracts as predicates, read by hand and checked with calendar arithmetic: the generated validators use
 * regular expressions, and what both share would be proved by neither. Where they are narrower than their RFC, the reason
 * stands in `expectations.ts`.
 */
export const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  uuid: isUuid,
  date: (text) => dayOf(text) !== null,
  "partial-date": isPartialDate,
  "date-time": isDateTime,
};

/** RFC 9562, 4: 32 hexadecimal digits of either case in groups of 8, 4, 4, 4 and 12. */
function isUuid(text: string): boolean {
  const groups = text.split("-");
  const lengths = [8, 4, 4, 4, 12];
  return (
    groups.length === lengths.length &&
    groups.every((group, index) => group.length === lengths[index] && codePoints(group).every(isHexDigit))
  );
}

function isHexDigit(character: string): boolean {
  return "0123456789abcdefABCDEF".includes(character);
}

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, of the years 0001 to 9999. */
function isPartialDate(text: string): boolean {
  const parts = text.split("-");
  if (parts.length === 3) return dayOf(text) !== null;
  const [year = "", month] = parts;
  if (parts.length > 2 || !isYear(year)) return false;
  return month === undefined || dayOf(`${text}-01`) !== null;
}

function dayOf(text: string): { year: number; month: number; day: number } | null {
  const parts = text.split("-");
  const [year = "", month = "", day = ""] = parts;
  if (parts.length !== 3 || !isYear(year) || !isNumber(month, 2) || !isNumber(day, 2)) return null;
  const read = { year: Number(year), month: Number(month), day: Number(day) };
  return isRealDay(read) ? read : null;
}

function isYear(text: string): boolean {
  return isNumber(text, 4) && Number(text) >= 1;
}

function isNumber(text: string, digits: number): boolean {
  return (
    text.length === digits && codePoints(text).every((character) => character >= "0" && character <= "9")
  );
}

/** RFC 3339, 5.6, of which `expectations.ts` (`date-time`) says what is left out. */
function isDateTime(text: string): boolean {
  const [date = "", clock, ...rest] = text.split("T");
  const day = dayOf(date);
  if (day === null || clock === undefined || rest.length > 0) return false;
  const sign = Math.max(clock.indexOf("+"), clock.indexOf("-"));
  const isUtc = clock.endsWith("Z");
  if (isUtc === sign >= 0) return false;
  const time = isUtc ? clock.slice(0, -1) : clock.slice(0, sign);
  const offset = isUtc ? "00:00" : clock.slice(sign + 1);
  if (!isTimeOfDay(time) || !isHoursAndMinutes(offset)) return false;
  return isUtc || staysInRange(day);
}

/** An offset could lead out of the first and the last year that there are. */
function staysInRange({ year, month, day }: { year: number; month: number; day: number }): boolean {
  const at = midnightOf({ year, month, day }).getUTCFullYear();
  return at > 1 && at < 9999;
}

/** `hh:mm:ss`, with up to nine decimals. */
function isTimeOfDay(text: string): boolean {
  const [whole = "", decimals, ...rest] = text.split(".");
  const seconds = whole.slice(6);
  if (rest.length > 0 || whole[5] !== ":" || !isHoursAndMinutes(whole.slice(0, 5))) return false;
  if (!isNumber(seconds, 2) || Number(seconds) > 59) return false;
  return (
    decimals === undefined ||
    (decimals.length <= 9 && decimals.length > 0 && isNumber(decimals, decimals.length))
  );
}

function isHoursAndMinutes(text: string): boolean {
  const [hours = "", minutes = "", ...rest] = text.split(":");
  if (rest.length > 0 || !isNumber(hours, 2) || !isNumber(minutes, 2)) return false;
  return Number(hours) <= 23 && Number(minutes) <= 59;
}
