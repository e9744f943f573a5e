import { EMPTY_ROOT, nodeHash, type Digest } from "./hash.ts";

/**
 * What has to be known of a Merkle tree to append to it: its size, and the roots of its perfect subtrees, the largest
 * first. There is one for each bit that is set in the size, so a tree of a million leaves has at most twenty.
 */
export interface Frontier {
  readonly size: number;
  readonly peaks: readonly Digest[];
}

/** A frontier that has grown, and the perfect subtrees that were completed on the way. */
export interface Growth {
  readonly frontier: Frontier;
  /** Roots of subtrees of two leaves and more, in the order of their completion: `nodePosition` finds one. */
  readonly completed: readonly Digest[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, peaks: [] };

/** Appends leaves, given by their hashes. */
export function appendLeaves(frontier: Frontier, leaves: readonly Digest[]): Growth {
  const peaks = [...frontier.peaks];
  const completed: Digest[] = [];
  for (const [offset, leaf] of leaves.entries()) {
    let node = leaf;
    for (let level = levelsCompleted(frontier.size + offset); level > 0; level -= 1) {
      node = nodeHash(peaks.pop() ?? "", node);
      completed.push(node);
    }
    peaks.push(node);
  }
  return { frontier: { size: frontier.size + leaves.length, peaks }, completed };
}

/** The root of the tree (RFC 6962, 2.1). */
export function rootOf({ peaks }: Frontier): Digest {
  return (
    peaks.reduceRight(
      (right: Digest | undefined, left) => (right === undefined ? left : nodeHash(left, right)),
      undefined,
    ) ?? EMPTY_ROOT
  );
}

/** How many subtrees the leaf of an index completes: the number of trailing ones of the index. */
export function levelsCompleted(index: number): number {
  let levels = 0;
  for (let rest = index; rest % 2 === 1; rest = Math.floor(rest / 2)) levels += 1;
  return levels;
}

/**
 * Where the root of a subtree is among the `completed` of the growth that appended the leaves from `firstIndex` on.
 * @param level 1 for a subtree of two leaves; 0 has no place, it is the leaf itself
 * @param lastLeaf the index of the subtree's last leaf
 */
export function nodePosition(firstIndex: number, level: number, lastLeaf: number): number {
  let position = level - 1;
  for (let index = firstIndex; index < lastLeaf; index += 1) position += levelsCompleted(index);
  return position;
}
