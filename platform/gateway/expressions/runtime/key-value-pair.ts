import { ClrValue } from "./clr-value.ts";
import { equalValues } from "./compare-values.ts";
import { textOrEmpty } from "./text-of.ts";

/** `KeyValuePair<K, V>`. */
export class KeyValuePair extends ClrValue {
  readonly typeName = "System.Collections.Generic.KeyValuePair";
  readonly first: unknown;
  readonly value: unknown;

  constructor(first: unknown, value: unknown) {
    super();
    this.first = first;
    this.value = value;
  }

  override text(): string {
    return `[${textOrEmpty(this.first)}, ${textOrEmpty(this.value)}]`;
  }

  override equals(other: unknown): boolean {
    return (
      other instanceof KeyValuePair &&
      equalValues(this.first, other.first) &&
      equalValues(this.value, other.value)
    );
  }
}
