import { ClrValue } from "./clr-value.ts";
import { calendarOf, ticksOf, type Calendar } from "./calendar.ts";
import { formatDate } from "./format-date.ts";
import { raiseOutOfRange } from "./thrown.ts";
import { TICKS } from "./time-span.ts";

export type DateKind = "unspecified" | "utc" | "local";

const UNIX_EPOCH = 621_355_968_000_000_000n;
const MAXIMUM = 3_155_378_975_999_999_999n;

/**
 * `System.DateTime`. The local zone is UTC, as on a gateway in Azure, so that local and UTC times are one clock.
 */
export class DateTime extends ClrValue {
  readonly typeName = "System.DateTime";
  /** 100-nanosecond ticks since 0001-01-01. */
  readonly ticks: bigint;
  readonly kind: DateKind;

  constructor(ticks: bigint, kind: DateKind) {
    super();
    checkRange(ticks);
    this.ticks = ticks;
    this.kind = kind;
  }

  static from(date: Date, kind: DateKind = "utc"): DateTime {
    return new DateTime(UNIX_EPOCH + BigInt(date.getTime()) * TICKS.millisecond, kind);
  }

  static readonly MINIMUM = new DateTime(0n, "unspecified");
  static readonly MAXIMUM = new DateTime(MAXIMUM, "unspecified");

  get calendar(): Calendar {
    return calendarOf(this.ticks);
  }

  add(ticks: bigint): DateTime {
    return new DateTime(this.ticks + ticks, this.kind);
  }

  /** Keeps the day within the month: 31 January and a month is the last of February. */
  addMonths(months: number): DateTime {
    return new DateTime(addMonths(this.ticks, months), this.kind);
  }

  override text(): string {
    return this.format("G");
  }

  override equals(other: unknown): boolean {
    return other instanceof DateTime && other.ticks === this.ticks;
  }

  override key(): string {
    return `date:${this.ticks.toString()}`;
  }

  override compare(other: unknown): number | null {
    return other instanceof DateTime
      ? this.ticks < other.ticks
        ? -1
        : Number(this.ticks > other.ticks)
      : null;
  }

  override format(format: string): string {
    const offset = this.kind === "utc" ? "Z" : this.kind === "local" ? "+00:00" : "";
    return formatDate(this.ticks, { offset, offsetMinutes: 0, isOffsetDate: false }, format);
  }
}

/** `System.DateTimeOffset`: a clock reading and its distance from UTC. */
export class DateTimeOffset extends ClrValue {
  readonly typeName = "System.DateTimeOffset";
  /** Ticks of the clock reading, not of UTC. */
  readonly ticks: bigint;
  readonly offsetMinutes: number;

  constructor(ticks: bigint, offsetMinutes: number) {
    super();
    if (Math.abs(offsetMinutes) > 840)
      raiseOutOfRange("offset", "Offset must be within plus or minus 14 hours.");
    checkRange(ticks);
    this.ticks = ticks;
    this.offsetMinutes = offsetMinutes;
    checkRange(this.utcTicks);
  }

  static fromUnix(ticks: bigint): DateTimeOffset {
    return new DateTimeOffset(UNIX_EPOCH + ticks, 0);
  }

  get utcTicks(): bigint {
    return this.ticks - BigInt(this.offsetMinutes) * TICKS.minute;
  }

  /** Ticks since 1970-01-01 UTC. */
  get unixTicks(): bigint {
    return this.utcTicks - UNIX_EPOCH;
  }

  get calendar(): Calendar {
    return calendarOf(this.ticks);
  }

  add(ticks: bigint): DateTimeOffset {
    return new DateTimeOffset(this.ticks + ticks, this.offsetMinutes);
  }

  addMonths(months: number): DateTimeOffset {
    return new DateTimeOffset(addMonths(this.ticks, months), this.offsetMinutes);
  }

  toOffset(offsetMinutes: number): DateTimeOffset {
    return new DateTimeOffset(this.utcTicks + BigInt(offsetMinutes) * TICKS.minute, offsetMinutes);
  }

  override text(): string {
    return this.format("MM/dd/yyyy HH:mm:ss zzz");
  }

  override equals(other: unknown): boolean {
    return other instanceof DateTimeOffset && other.utcTicks === this.utcTicks;
  }

  override key(): string {
    return `offset:${this.utcTicks.toString()}`;
  }

  override compare(other: unknown): number | null {
    if (!(other instanceof DateTimeOffset)) return null;
    return this.utcTicks < other.utcTicks ? -1 : Number(this.utcTicks > other.utcTicks);
  }

  override format(format: string): string {
    const offset = offsetText(this.offsetMinutes);
    return formatDate(this.ticks, { offset, offsetMinutes: this.offsetMinutes, isOffsetDate: true }, format);
  }
}

function addMonths(ticks: bigint, months: number): bigint {
  const { year, month, day } = calendarOf(ticks);
  const index = year * 12 + month - 1 + months;
  const target = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
  if (target.year < 1 || target.year > 9999)
    raiseOutOfRange("months", "The added or subtracted value results in an un-representable DateTime.");
  const days = new Date(Date.UTC(2000 + (target.year % 400), target.month, 0)).getUTCDate();
  return ticksOf({ ...target, day: Math.min(day, days) }) + (ticks % TICKS.day);
}

function checkRange(ticks: bigint): void {
  if (ticks < 0n || ticks > MAXIMUM) {
    raiseOutOfRange("value", "The added or subtracted value results in an un-representable DateTime.");
  }
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const hours = Math.floor(size / 60)
    .toString()
    .padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${hours}:${(size % 60).toString().padStart(2, "0")}`;
}
