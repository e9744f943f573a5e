import fc from "fast-check";
import { daysAfter } from "../oracle/calendar.ts";

/** Texts around what a format means, on either side of it: which side, the oracle says. */
export const FORMAT_EDGES: Readonly<Record<string, (today: string) => readonly string[]>> = {
  uuid: () => UUIDS,
  date: () => DAYS,
  "partial-date": (today) => [...DAYS, ...PARTIAL_DATES, ...aroundToday(today)],
  "date-time": () => DATE_TIMES,
};

/** Values that keep a format, but for the rules that stand beside it. */
export const FORMAT_VALUES: Readonly<Record<string, () => fc.Arbitrary<string>>> = {
  uuid: uuids,
  date: days,
  "partial-date": () =>
    fc.oneof(
      days(),
      years(),
      fc.tuple(years(), twoDigits(1, 12)).map((parts) => parts.join("-")),
    ),
  "date-time": dateTimes,
};

/** The first days, months and years around today, as `x-not-after-today` sees them. */
export function aroundToday(today: string): string[] {
  const tomorrow = daysAfter(today, 1);
  const nextMonth = daysAfter(`${today.slice(0, 7)}-28`, 4);
  const nextYear = String(Number(today.slice(0, 4)) + 1).padStart(4, "0");
  const [month, year] = [today.slice(0, 7), today.slice(0, 4)];
  return [
    today,
    daysAfter(today, -1),
    tomorrow,
    month,
    nextMonth.slice(0, 7),
    year,
    nextYear,
    `${nextYear}-01-01`,
  ];
}

const UUID = "0198c0de-00aa-7000-8000-0000000000ff";

const UUIDS = [
  UUID,
  UUID.toUpperCase(),
  "0198C0de-00aA-7000-8000-0000000000fF",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  UUID.replaceAll("-", ""),
  UUID.slice(1),
  `${UUID}0`,
  `{${UUID}}`,
  `urn:uuid:${UUID}`,
  `${UUID.slice(0, -1)}g`,
  `${UUID.slice(0, -1)}\uFF10`,
  `${UUID.slice(0, -1)} `,
  ` ${UUID}`,
  `${UUID}\n`,
  "0198c0de00aa-7000-8000-0000000000ff0",
  "0198c0d-e00aa-7000-8000-0000000000ff",
];

const DAYS = [
  "2024-02-29",
  "2023-02-29",
  "2000-02-29",
  "1900-02-29",
  "1600-02-29",
  "0400-02-29",
  "0100-02-29",
  "0004-02-29",
  "1984-02-30",
  "1984-01-31",
  "1984-04-30",
  "1984-04-31",
  "1984-06-31",
  "1984-09-31",
  "1984-11-31",
  "1984-12-31",
  "1984-12-32",
  "1984-13-01",
  "1984-00-10",
  "1984-10-00",
  "0000-01-01",
  "0000-02-29",
  "0001-01-01",
  "9999-12-31",
  "1984-1-1",
  "1984-5-17",
  "84-05-17",
  "19840517",
  "1984/05/17",
  "1984-05-17Z",
  "1984-05-17T00:00:00Z",
  "-1984-05-17",
  "+1984-05-17",
  "1984-05-17 ",
  " 1984-05-17",
  "1984-05-17\n",
  "\u0661\u0669\u0668\u0664-\u0660\u0665-\u0661\u0667",
  "1984-W20-4",
  "1984-138",
  "",
];

const PARTIAL_DATES = [
  "1984",
  "0001",
  "0000",
  "984",
  "19840",
  "1984-",
  "1984-05",
  "1984-5",
  "1984-00",
  "1984-01",
  "1984-12",
  "1984-13",
  "0000-05",
  "1984-05-",
  "198405",
  "1984-05-17-01",
];

const DATE_TIMES = [
  "2026-11-20T07:15:00Z",
  "2026-11-20T07:15:00.000Z",
  "2026-11-20T07:15:00.1Z",
  "2026-11-20T07:15:00.123456789Z",
  "2026-11-20T07:15:00.1234567890Z",
  "2026-11-20T07:15:00.Z",
  "2026-11-20T07:15:00.123456789+02:00",
  "2026-11-20T07:15:00.1234567890+02:00",
  "2026-11-20T07:15:00+00:00",
  "2026-11-20T07:15:00-00:00",
  "2026-11-20T07:15:00+14:00",
  "2026-11-20T07:15:00+23:59",
  "2026-11-20T07:15:00-23:59",
  "2026-11-20T07:15:00+24:00",
  "2026-11-20T07:15:00+02:60",
  "2026-11-20T07:15:00+0200",
  "2026-11-20T07:15:00+02",
  "2026-11-20T07:15:00+2:00",
  "2026-11-20T07:15:00",
  "2026-11-20T07:15Z",
  "2026-11-20T7:15:00Z",
  "2026-11-20 07:15:00Z",
  "2026-11-20t07:15:00z",
  "2026-11-20T07:15:00z",
  "2026-11-20T07:15:60Z",
  "2016-12-31T23:59:60Z",
  "2026-11-20T07:15:61Z",
  "2026-11-20T07:60:00Z",
  "2026-11-20T23:59:59Z",
  "2026-11-20T24:00:00Z",
  "2026-11-20T00:00:00Z",
  "2024-02-29T12:00:00Z",
  "2023-02-29T12:00:00Z",
  "1900-02-29T12:00:00Z",
  "2026-02-30T07:15:00Z",
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00Z",
  "0001-01-01T00:00:00+00:01",
  "0001-06-01T00:00:00.5-00:01",
  "0002-01-01T00:00:00+23:59",
  "9998-12-31T23:59:59-23:59",
  "9999-12-31T23:59:59Z",
  "9999-12-31T23:59:59.999999999Z",
  "9999-12-31T23:59:59-00:01",
  "2026-11-20",
  "2026-11-20T",
  "2026-11-20T07:15:00Z+02:00",
  "2026-11-20T07:15:00ZZ",
  "2026-11-20T07:15:00,5Z",
  " 2026-11-20T07:15:00Z",
  "2026-11-20T07:15:00Z\n",
  "20261120T071500Z",
  "",
];

function uuids(): fc.Arbitrary<string> {
  return fc.tuple(fc.uuid(), fc.constantFrom("lower", "upper", "mixed")).map(([uuid, spelling]) => {
    if (spelling === "lower") return uuid;
    return spelling === "upper" ? uuid.toUpperCase() : uuid.slice(0, 18).toUpperCase() + uuid.slice(18);
  });
}

function years(): fc.Arbitrary<string> {
  return fc
    .oneof(fc.integer({ min: 1900, max: 2026 }), fc.integer({ min: 1, max: 9999 }))
    .map((year) => String(year).padStart(4, "0"));
}

/** Counted from a day, so that each is one of the calendar. */
function days(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.integer({ min: 0, max: 46_000 }).map((count) => daysAfter("1900-01-01", count)),
    fc.integer({ min: 0, max: 3_652_000 }).map((count) => daysAfter("0001-01-01", count)),
  );
}

function twoDigits(min: number, max: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map((number) => String(number).padStart(2, "0"));
}

function dateTimes(): fc.Arbitrary<string> {
  const decimals = fc.option(fc.stringMatching(/^[0-9]{1,9}$/), { nil: undefined });
  const clock = fc.tuple(twoDigits(0, 23), twoDigits(0, 59));
  const offset = fc.oneof(
    fc.constant("Z"),
    fc.tuple(fc.constantFrom("+", "-"), clock).map(([sign, time]) => sign + time.join(":")),
  );
  return fc
    .tuple(days(), clock, twoDigits(0, 59), decimals, offset)
    .map(([day, time, seconds, fraction, zone]) => {
      const point = fraction === undefined ? "" : `.${fraction}`;
      return `${day}T${time.join(":")}:${seconds}${point}${zone}`;
    });
}
