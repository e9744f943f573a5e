/**
 * The formats that contracts use, as regular expressions that end up inline in the validators.
 *
 * `partial-date`: a real day of the Gregorian calendar, of which the day, or the month and the day, may be missing.
 * `date-time`: RFC 3339 in UTC. `uuid`: RFC 9562 in either case. `uri-reference`: the characters of RFC 3986.
 */
export const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  "date-time": new RegExp(`^${realDate()}T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?Z$`),
  date: new RegExp(`^${realDate()}$`),
  "partial-date": new RegExp(`^(?:\\d{4}(?:-(?:0[1-9]|1[0-2]))?|${realDate()})$`),
  "uri-reference": /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9a-f]{2})*$/i,
};

/** `YYYY-MM-DD`, leap years included. */
function realDate(): string {
  const long = "(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])";
  const short = "(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)";
  const february = "02-(?:0[1-9]|1\\d|2[0-8])";
  const leapYear = "(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
  return `(?:\\d{4}-(?:${long}|${short}|${february})|${leapYear}-02-29)`;
}
