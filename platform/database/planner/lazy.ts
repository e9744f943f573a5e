/** Maps as the caller takes. */
export function* mapLazily<T, R>(items: Iterable<T>, map: (item: T) => R): Generator<R> {
  for (const item of items) yield map(item);
}

/** Filters as the caller takes. */
export function* filterLazily<T>(items: Iterable<T>, keep: (item: T) => boolean): Generator<T> {
  for (const item of items) if (keep(item)) yield item;
}

/** From `start` on, `count` items at most; what comes after is never asked for. */
export function* sliceLazily<T>(items: Iterable<T>, start: number, count: number): Generator<T> {
  let position = 0;
  for (const item of items) {
    position++;
    if (position > start) yield item;
    if (position >= start + count) return;
  }
}

/** How many there are; none is kept. */
export function countLazily(items: Iterable<unknown>): number {
  const iterator = items[Symbol.iterator]();
  let count = 0;
  while (iterator.next().done !== true) count++;
  return count;
}
