import { CHECKPOINTS } from "./checkpoints.ts";
import { FLIPS } from "./flips.ts";
import type { Attack, Mutation } from "./mutation.ts";
import { STRUCTURE } from "./structure.ts";
import { WITH_KEYS } from "./with-keys.ts";

const DATABASE = [...STRUCTURE, ...CHECKPOINTS, ...FLIPS];

/** Two or three at once. Who has the keys comes first: what is signed must still be a ledger. */
const COMBINATIONS: readonly Mutation[] = [
  { kind: "combined: database", owns: "database", apply: (attack) => combine(attack, [DATABASE, DATABASE]) },
  {
    kind: "combined: database and keys",
    owns: "keys",
    apply: (attack) => combine(attack, [WITH_KEYS, STRUCTURE, FLIPS]),
  },
];

export const MUTATIONS: readonly Mutation[] = [
  ...FLIPS,
  ...STRUCTURE,
  ...CHECKPOINTS,
  ...WITH_KEYS,
  ...COMBINATIONS,
];

async function combine(attack: Attack, lists: readonly (readonly Mutation[])[]): Promise<boolean> {
  const chosen = lists.map((list) => attack.random.pick(list));
  // Bits are flipped last: what they leave is no ledger any more, and could not be rewritten.
  const ordered = [...chosen].sort((one, other) => rank(one) - rank(other));
  for (const mutation of ordered) {
    if (attack.snapshot.batches.length === 0 || attack.snapshot.checkpoints.length === 0) return false;
    if (!(await mutation.apply(attack))) return false;
  }
  return true;
}

function rank(mutation: Mutation): number {
  return FLIPS.includes(mutation) ? 1 : 0;
}
