import { raise, raiseFormat } from "./thrown.ts";

const LARGEST = 2n ** 96n - 1n;
const MAXIMUM_SCALE = 28;

/** The 96-bit scaled integer under `System.Decimal`; keeps trailing zeros as .NET does. */
export class Decimal {
  readonly unscaled: bigint;
  readonly scale: number;

  private constructor(unscaled: bigint, scale: number) {
    this.unscaled = unscaled;
    this.scale = scale;
  }

  /** Rounds half to even what does not fit; throws OverflowException beyond 96 bits. */
  static of(unscaled: bigint, scale: number): Decimal {
    let value = unscaled;
    let places = scale;
    while (places > MAXIMUM_SCALE || (places > 0 && magnitude(value) > LARGEST)) {
      value = divideHalfEven(value, 10n);
      places--;
    }
    if (magnitude(value) > LARGEST) {
      raise("OverflowException", "Value was either too large or too small for a Decimal.");
    }
    return new Decimal(value, places);
  }

  /** Parses `-12.50` or `1e3`. */
  static parse(text: string): Decimal {
    const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
    if (match === null) return raiseFormat();
    const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
    if (whole + fraction === "") return raiseFormat();
    const digits = BigInt(sign + whole + fraction);
    const scale = fraction.length - Number(exponent);
    return scale < 0 ? Decimal.of(digits * 10n ** BigInt(-scale), 0) : Decimal.of(digits, scale);
  }

  add(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return Decimal.of(this.scaledTo(scale) + other.scaledTo(scale), scale);
  }

  negate(): Decimal {
    return new Decimal(-this.unscaled, this.scale);
  }

  multiply(other: Decimal): Decimal {
    return Decimal.of(this.unscaled * other.unscaled, this.scale + other.scale);
  }

  divide(other: Decimal): Decimal {
    if (other.unscaled === 0n) raise("DivideByZeroException", "Attempted to divide by zero.");
    const shift = BigInt(MAXIMUM_SCALE + other.scale);
    const quotient = divideHalfEven(this.unscaled * 10n ** shift, other.unscaled);
    return Decimal.of(quotient, MAXIMUM_SCALE + this.scale).trimmed();
  }

  remainder(other: Decimal): Decimal {
    if (other.unscaled === 0n) raise("DivideByZeroException", "Attempted to divide by zero.");
    const scale = Math.max(this.scale, other.scale);
    return Decimal.of(this.scaledTo(scale) % other.scaledTo(scale), scale);
  }

  compare(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    const difference = this.scaledTo(scale) - other.scaledTo(scale);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  /** Rounds to a number of places; `away` rounds halves away from zero instead of to even. */
  round(places: number, away: boolean): Decimal {
    if (places >= this.scale) return this;
    const divisor = 10n ** BigInt(this.scale - places);
    const half = away && magnitude(this.unscaled % divisor) * 2n === divisor;
    const sign = this.unscaled < 0n ? -1n : 1n;
    const value = half ? this.unscaled / divisor + sign : divideHalfEven(this.unscaled, divisor);
    return new Decimal(value, places);
  }

  /** The integer part. */
  truncate(): bigint {
    return this.unscaled / 10n ** BigInt(this.scale);
  }

  toNumber(): number {
    return Number(this.toString());
  }

  toString(): string {
    const digits = magnitude(this.unscaled)
      .toString()
      .padStart(this.scale + 1, "0");
    const sign = this.unscaled < 0n ? "-" : "";
    if (this.scale === 0) return sign + digits;
    return `${sign}${digits.slice(0, -this.scale)}.${digits.slice(-this.scale)}`;
  }

  private scaledTo(scale: number): bigint {
    return this.unscaled * 10n ** BigInt(scale - this.scale);
  }

  private trimmed(): Decimal {
    let unscaled = this.unscaled;
    let scale = this.scale;
    while (scale > 0 && unscaled % 10n === 0n) {
      unscaled /= 10n;
      scale--;
    }
    return new Decimal(unscaled, scale);
  }
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function divideHalfEven(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  const twice = magnitude(value % divisor) * 2n;
  const isUp = twice > magnitude(divisor) || (twice === magnitude(divisor) && quotient % 2n !== 0n);
  if (!isUp) return quotient;
  return quotient + (value < 0n === divisor < 0n ? 1n : -1n);
}
