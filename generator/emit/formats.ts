/**
 * The formats that contracts use, as regular expressions that end up inline in the validators.
 *
 * `date`: a real day of the Gregorian calendar, of the years 0001 to 9999. `partial-date`: the same, but the day, or the
 * month and the day, may be missing. `date-time`: RFC 3339 with an offset of hours and minutes or `Z`, up to nine decimals,
 * no leap seconds, upper case; the moment in UTC is of the years 0001 to 9999 too. `uuid`: RFC 9562 in either case.
 * `uri-reference`: the characters of RFC 3986.
 */
export const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  "date-time": dateTime(),
  date: new RegExp(`^${realDate()}$`),
  "partial-date": new RegExp(`^(?:(?!0000)\\d{4}(?:-(?:0[1-9]|1[0-2]))?|${realDate()})$`),
  "uri-reference": /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9a-f]{2})*$/i,
};

/** A date-time that is written with an offset is not of the first or the last year, out of which the offset could lead. */
function dateTime(): RegExp {
  const clock = "(?:[01]\\d|2[0-3]):[0-5]\\d";
  const crossing = "(?:0001|9999).{15,25}[+-]";
  return new RegExp(`^(?!${crossing})${realDate()}T${clock}:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+-]${clock})$`);
}

/** `YYYY-MM-DD`, leap years included. */
function realDate(): string {
  const long = "(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])";
  const short = "(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)";
  const february = "02-(?:0[1-9]|1\\d|2[0-8])";
  const leapYear = "(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
  return `(?!0000)(?:\\d{4}-(?:${long}|${short}|${february})|${leapYear}-02-29)`;
}
