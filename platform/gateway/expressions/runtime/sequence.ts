import { ClrValue } from "./clr-value.ts";

/** A deferred `IEnumerable<T>`: its source is walked each time it is enumerated. */
export class Sequence extends ClrValue {
  readonly typeName: string = "System.Linq.Enumerable+Iterator";
  private readonly generate: () => Iterator<unknown>;

  constructor(generate: () => Iterator<unknown>) {
    super();
    this.generate = generate;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.generate();
  }
}

/** `IGrouping<K, T>`. */
export class Grouping extends Sequence {
  readonly groupKey: unknown;

  constructor(groupKey: unknown, items: readonly unknown[]) {
    super(() => items[Symbol.iterator]());
    this.groupKey = groupKey;
  }
}

/** Compares two items of a sequence. */
export type Order = (left: unknown, right: unknown) => number;

/** `IOrderedEnumerable<T>`: keeps its orders, to which ThenBy adds one. */
export class OrderedSequence extends Sequence {
  readonly source: () => unknown[];
  readonly orders: readonly Order[];

  constructor(source: () => unknown[], orders: readonly Order[]) {
    super(() => sorted(source(), orders)[Symbol.iterator]());
    this.source = source;
    this.orders = orders;
  }
}

function sorted(items: unknown[], orders: readonly Order[]): unknown[] {
  return items.sort((left, right) => {
    for (const order of orders) {
      const result = order(left, right);
      if (result !== 0) return result;
    }
    return 0;
  });
}
