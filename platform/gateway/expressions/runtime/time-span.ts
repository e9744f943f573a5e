import { ClrValue } from "./clr-value.ts";
import { raise, raiseFormat } from "./thrown.ts";

/** 100-nanosecond ticks. */
export const TICKS = {
  millisecond: 10_000n,
  second: 10_000_000n,
  minute: 600_000_000n,
  hour: 36_000_000_000n,
  day: 864_000_000_000n,
} as const;

/** `System.TimeSpan`. */
export class TimeSpan extends ClrValue {
  readonly typeName = "System.TimeSpan";
  readonly ticks: bigint;

  constructor(ticks: bigint) {
    super();
    if (BigInt.asIntN(64, ticks) !== ticks) {
      raise("OverflowException", "TimeSpan overflowed because the duration is too long.");
    }
    this.ticks = ticks;
  }

  /** A number of units, rounded to milliseconds as .NET Framework does. */
  static of(count: number, unit: bigint): TimeSpan {
    const milliseconds = count * Number(unit / TICKS.millisecond);
    if (Number.isNaN(milliseconds))
      raise("ArgumentException", "TimeSpan does not accept floating point Not-a-Number values.");
    if (Math.abs(milliseconds) > 9.2e14)
      raise("OverflowException", "TimeSpan overflowed because the duration is too long.");
    const rounded = Math.sign(milliseconds) * Math.round(Math.abs(milliseconds));
    return new TimeSpan(BigInt(rounded) * TICKS.millisecond);
  }

  /** Reads `[-][d.]hh:mm[:ss[.fffffff]]` or a number of days; null for anything else. */
  static parse(text: string): TimeSpan | null {
    const match = /^\s*(-)?(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?\s*$/.exec(text);
    if (match === null) {
      return /^\s*-?\d{1,8}\s*$/.test(text) ? new TimeSpan(BigInt(text.trim()) * TICKS.day) : null;
    }
    const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = match;
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
    const ticks =
      BigInt(days) * TICKS.day +
      BigInt(hours) * TICKS.hour +
      BigInt(minutes) * TICKS.minute +
      BigInt(seconds) * TICKS.second +
      BigInt(fraction.padEnd(7, "0"));
    return new TimeSpan(sign === undefined ? ticks : -ticks);
  }

  /** Whole units of a kind within the next larger one: `part(TICKS.minute, 60n)`. */
  part(unit: bigint, modulus: bigint): number {
    return Number((this.ticks / unit) % modulus);
  }

  total(unit: bigint): number {
    return Number(this.ticks) / Number(unit);
  }

  /** The constant format `[-][d.]hh:mm:ss[.fffffff]`. */
  override text(): string {
    const size = this.ticks < 0n ? -this.ticks : this.ticks;
    const days = size / TICKS.day;
    const fraction = size % TICKS.second;
    const clock = [(size / TICKS.hour) % 24n, (size / TICKS.minute) % 60n, (size / TICKS.second) % 60n];
    const digits = clock.map((part) => part.toString().padStart(2, "0")).join(":");
    return (
      (this.ticks < 0n ? "-" : "") +
      (days > 0n ? `${days.toString()}.` : "") +
      digits +
      (fraction > 0n ? `.${fraction.toString().padStart(7, "0")}` : "")
    );
  }

  override equals(other: unknown): boolean {
    return other instanceof TimeSpan && other.ticks === this.ticks;
  }

  override key(): string {
    return `span:${this.ticks.toString()}`;
  }

  override compare(other: unknown): number | null {
    return other instanceof TimeSpan
      ? this.ticks < other.ticks
        ? -1
        : Number(this.ticks > other.ticks)
      : null;
  }

  override format(format: string): string {
    if (/^[ctT]?$/.test(format)) return this.text();
    if (/^[gG]$/.test(format)) return this.text();
    return format.replace(/\\(.)|'([^']*)'|(d{1,8}|hh?|mm?|ss?|f{1,7})|[^]/g, (match, ...groups) => {
      const [escaped, quoted, specifier] = groups.map((group) =>
        typeof group === "string" ? group : undefined,
      );
      if (specifier !== undefined) return this.specifier(specifier);
      return escaped ?? quoted ?? raiseFormat(`Input string was not in a correct format: "${match}".`);
    });
  }

  private specifier(text: string): string {
    const size = new TimeSpan(this.ticks < 0n ? -this.ticks : this.ticks);
    const padded = (value: number) => value.toString().padStart(text.length, "0");
    if (text.startsWith("d")) return padded(size.part(TICKS.day, 1n << 40n));
    if (text.startsWith("h")) return padded(size.part(TICKS.hour, 24n));
    if (text.startsWith("m")) return padded(size.part(TICKS.minute, 60n));
    if (text.startsWith("s")) return padded(size.part(TICKS.second, 60n));
    return (size.ticks % TICKS.second).toString().padStart(7, "0").slice(0, text.length);
  }
}
