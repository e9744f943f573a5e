import type { StackDocument } from "../../stack-document.ts";
import { genericMutations } from "./generic-mutations.ts";
import { mutated, type Mutation } from "./mutation.ts";
import { networkMutations } from "./network-mutations.ts";
import { securityMutations } from "./security-mutations.ts";

/**
 * Mutations of the stacks: one of each kind on each attribute of each type, on a resource that the seed picks, since the
 * resources of a type differ little.
 *
 * @param seed the same seed gives the same mutations
 */
export function mutationsOf(documents: readonly StackDocument[], seed: number): Mutation[] {
  const all = [
    ...genericMutations(documents),
    ...networkMutations(documents),
    ...securityMutations(documents),
  ];
  return pickedBy(all, ({ kind, type, attribute }) => `${kind} ${type} ${attribute}`, seed);
}

/** Those that change anything: taking `<base />` out of a policy that has none does not. */
export function effective(documents: readonly StackDocument[], mutations: readonly Mutation[]): Mutation[] {
  return mutations.filter((one) => !isNothing(documents, one));
}

/** One of each kind, and some on each type: fewer, and as wide. */
export function sampled(mutations: readonly Mutation[], seed: number): Mutation[] {
  const turns = Array.from({ length: OF_EACH_TYPE }, (_, turn) =>
    pickedBy(mutations, ({ type }) => type, seed + turn),
  );
  return [...new Set([...pickedBy(mutations, ({ kind }) => kind, seed), ...turns.flat()])];
}

const OF_EACH_TYPE = 5;

function pickedBy(
  mutations: readonly Mutation[],
  keyOf: (one: Mutation) => string,
  seed: number,
): Mutation[] {
  const random = randomFrom(seed);
  return [...Map.groupBy(mutations, keyOf).values()].flatMap(
    (group) => group[Math.floor(random() * group.length)] ?? [],
  );
}

function isNothing(documents: readonly StackDocument[], one: Mutation): boolean {
  const before = documents.find(({ name }) => name === one.stack);
  const after = mutated(documents, one).find(({ name }) => name === one.stack);
  return textOf(before, one.type) === textOf(after, one.type);
}

/** What a change of the type may change. A part that is empty may be missing. */
function textOf(stack: StackDocument | undefined, type: string): string {
  const { terraform, provider, resource, data, output } = stack?.document ?? {};
  const parts = [terraform, provider, resource?.[type], data, output].map((part) => part ?? {});
  return JSON.stringify([...parts, ...(stack?.assets ?? [])]);
}

/** Mulberry32: numbers from 0 to below 1. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
