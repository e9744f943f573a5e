import { ClrValue } from "./clr-value.ts";
import { equalValues, keyOf } from "./compare-values.ts";
import { textOrEmpty } from "./text-of.ts";

/** An object of an anonymous type. */
export class AnonymousObject extends ClrValue {
  readonly typeName = "<>f__AnonymousType";
  readonly fields: ReadonlyMap<string, unknown>;

  constructor(fields: ReadonlyMap<string, unknown>) {
    super();
    this.fields = fields;
  }

  override text(): string {
    return `{ ${[...this.fields].map(([name, value]) => `${name} = ${textOrEmpty(value)}`).join(", ")} }`;
  }

  override equals(other: unknown): boolean {
    if (!(other instanceof AnonymousObject) || other.fields.size !== this.fields.size) return false;
    return [...this.fields].every(
      ([name, value]) => other.fields.has(name) && equalValues(value, other.fields.get(name) ?? null),
    );
  }

  override key(): string {
    return `anonymous:${[...this.fields].map(([name, value]) => JSON.stringify([name, keyText(value)])).join()}`;
  }
}

function keyText(value: unknown): string {
  const key = keyOf(value);
  return typeof key === "object" && key !== null ? textOrEmpty(value) : `${typeof key}:${textOrEmpty(key)}`;
}
