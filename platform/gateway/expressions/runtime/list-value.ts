import { ClrValue } from "./clr-value.ts";
import { raiseInvalidOperation } from "./thrown.ts";

/** `List<T>`, and other collections that are one underneath. Changing it while it is enumerated throws. */
export class ListValue extends ClrValue {
  readonly typeName: string;
  readonly items: unknown[];
  private version = 0;

  constructor(items: Iterable<unknown> = [], typeName = "System.Collections.Generic.List`1") {
    super();
    this.items = [...items];
    this.typeName = typeName;
  }

  /** To be called with each change. */
  changed(): void {
    this.version++;
  }

  *[Symbol.iterator](): Generator<unknown, void> {
    const { version } = this;
    for (const item of this.items) {
      yield item;
      if (version !== this.version) {
        raiseInvalidOperation("Collection was modified; enumeration operation may not execute.");
      }
    }
  }
}
