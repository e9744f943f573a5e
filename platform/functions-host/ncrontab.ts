/** A schedule: the times at which a timer function runs, in UTC as Azure counts by default. */
export interface Schedule {
  /** The first time after the given one, both in milliseconds since 1970. */
  next(after: number): number;
}

/**
 * Parses a six-field NCRONTAB expression, `{second} {minute} {hour} {day} {month} {day of week}`.
 *
 * @throws Error naming the field that is wrong, or when the expression matches no time at all
 * @see https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
 */
export function parseSchedule(expression: string): Schedule {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    throw new Error(
      `schedule "${expression}": expected six fields, {second} {minute} {hour} {day} {month} {day of week}`,
    );
  }
  const sets = FIELDS.map((field, index) => parseField(parts[index] ?? "", field, expression));
  const schedule = { next: (after: number) => findNext(sets, after, expression) };
  schedule.next(0);
  return schedule;
}

interface Field {
  name: string;
  least: number;
  most: number;
  names?: string[];
}

const FIELDS: Field[] = [
  { name: "second", least: 0, most: 59 },
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day", least: 1, most: 31 },
  {
    name: "month",
    least: 1,
    most: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  { name: "day of week", least: 0, most: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

function parseField(text: string, field: Field, expression: string): Set<number> {
  return new Set(text.split(",").flatMap((item) => parseItem(item, field, expression)));
}

// `*`, `5`, `mon`, `1-5`, and each of them with a step: `*/5`, `1-30/2`.
function parseItem(item: string, field: Field, expression: string): number[] {
  const [, range = "", step = "1"] = /^([^/]+)(?:\/([1-9]\d{0,2}))?$/.exec(item) ?? [];
  const [first, last = range.includes("-") || !item.includes("/") ? first : field.most, ...rest] =
    range === "*" ? [field.least, field.most] : range.split("-").map((each) => parseNumber(each, field));
  if (first === undefined || last === undefined || rest.length > 0 || first > last) {
    throw new Error(`schedule "${expression}": "${item}" is no ${field.name}`);
  }
  const values: number[] = [];
  for (let value = first; value <= last; value += Number(step)) values.push(value);
  return values;
}

function parseNumber(text: string, { least, most, names }: Field): number | undefined {
  const named = names?.findIndex((name) => text.toLowerCase().startsWith(name)) ?? -1;
  if (named >= 0) return named + least;
  const number = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
}

/** Leap days fall on each day of the week within 40 years. */
const MAX_YEARS = 41;

function findNext(sets: Set<number>[], after: number, expression: string): number {
  const [seconds, minutes, hours, days, months, weekdays] = sets;
  const time = new Date(Math.floor(after / 1000) * 1000 + 1000);
  const end = time.getUTCFullYear() + MAX_YEARS;
  while (time.getUTCFullYear() <= end) {
    if (!months?.has(time.getUTCMonth() + 1))
      time.setTime(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1));
    else if (!days?.has(time.getUTCDate()) || !weekdays?.has(time.getUTCDay())) time.setUTCHours(24, 0, 0, 0);
    else if (!hours?.has(time.getUTCHours())) time.setUTCHours(time.getUTCHours() + 1, 0, 0, 0);
    else if (!minutes?.has(time.getUTCMinutes())) time.setUTCMinutes(time.getUTCMinutes() + 1, 0, 0);
    else if (!seconds?.has(time.getUTCSeconds())) time.setUTCSeconds(time.getUTCSeconds() + 1);
    else return time.getTime();
  }
  throw new Error(`schedule "${expression}" matches no time`);
}
