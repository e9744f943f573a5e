import { ClrValue } from "./clr-value.ts";

/** `BigInteger`: only what JSON gives for an integer beyond 64 bits, to be written again as it was. */
export class BigIntegerValue extends ClrValue {
  readonly typeName = "System.Numerics.BigInteger";
  readonly value: bigint;

  constructor(value: bigint) {
    super();
    this.value = value;
  }

  override text(): string {
    return this.value.toString();
  }

  override equals(other: unknown): boolean {
    return other instanceof BigIntegerValue && other.value === this.value;
  }

  override key(): string {
    return `big:${this.text()}`;
  }
}
