/**
 * Base of every value of the evaluator that is no plain JavaScript value. Plain are: null, boolean, string, int (number),
 * long (bigint), arrays (Array; byte[] is Uint8Array) and delegates (functions).
 */
export abstract class ClrValue {
  /** Full .NET name, which `ToString()` gives where a type does not override it. */
  abstract readonly typeName: string;

  /** `ToString()`. */
  text(): string {
    return this.typeName;
  }

  /** `Equals(object)`. */
  equals(other: unknown): boolean {
    return this === other;
  }

  /** What stands for the value as a key: equal values give the same one. */
  key(): unknown {
    return this;
  }

  /** `IFormattable.ToString(format)`; types without formats ignore it. */
  format(_format: string): string {
    return this.text();
  }

  /** `IComparable.CompareTo`; null where the type has no order. */
  compare(_other: unknown): number | null {
    return null;
  }
}
