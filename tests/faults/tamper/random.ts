/** Chance that can be repeated. */
export interface Random {
  /** From 0 up to, and without, a number. */
  below(end: number): number;
  /** @throws {NothingToPickError} for an empty list */
  pick<Item>(items: readonly Item[]): Item;
  chance(probability: number): boolean;
}

/** Something was to be changed of which there is none. */
export class NothingToPickError extends Error {
  override readonly name = "NothingToPickError";
}

/** Mulberry32: the same numbers for the same seed. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new NothingToPickError("there is nothing to pick from");
      return item;
    },
    chance: (probability) => next() < probability,
  };
}
