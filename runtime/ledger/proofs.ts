import { nodeHash, type Digest } from "./hash.ts";

/** Gives the root of the perfect subtree of 2^level leaves that begins at leaf `index × 2^level`. */
export type NodeSource = (level: number, index: number) => Promise<Digest>;

/**
 * The audit path of a leaf in the tree of the first `size` leaves, from the leaf up (RFC 9162, 2.1.3.1).
 * @throws {RangeError} when the tree has no such leaf
 */
export async function inclusionPath(index: number, size: number, nodes: NodeSource): Promise<Digest[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`);
  return path(index, 0, size, nodes);
}

/**
 * The proof that the tree of the first `from` leaves is the beginning of the tree of the first `to` (RFC 9162, 2.1.4.1).
 * @throws {RangeError} unless 0 < from ≤ to
 */
export async function consistencyPath(from: number, to: number, nodes: NodeSource): Promise<Digest[]> {
  if (!(from > 0 && from <= to)) throw new RangeError(`no tree of ${from} leaves grows into one of ${to}`);
  return subproof(from, 0, to, true, nodes);
}

/** True when a leaf's hash and its path lead to the root of a tree of `size` leaves (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
  leaf: Digest,
  index: number,
  size: number,
  proof: readonly Digest[],
  root: Digest,
): boolean {
  if (!(index >= 0 && index < size)) return false;
  let [fn, sn, node] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      node = nodeHash(sibling, node);
      [fn, sn] = skipEven(fn, sn);
    } else {
      node = nodeHash(node, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && node === root;
}

/** True when a proof shows that the tree of `from` leaves is the beginning of the tree of `to` (RFC 9162, 2.1.4.2). */
export function verifyConsistency(
  from: { readonly size: number; readonly root: Digest },
  to: { readonly size: number; readonly root: Digest },
  proof: readonly Digest[],
): boolean {
  if (from.size > to.size || from.size <= 0) return false;
  if (from.size === to.size) return proof.length === 0 && from.root === to.root;
  const [seed, ...rest] = isPowerOfTwo(from.size) ? [from.root, ...proof] : proof;
  if (seed === undefined) return false;
  let [fn, sn] = skipOdd(from.size - 1, to.size - 1);
  let [first, second] = [seed, seed];
  for (const sibling of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      first = nodeHash(sibling, first);
      second = nodeHash(sibling, second);
      [fn, sn] = skipEven(fn, sn);
    } else {
      second = nodeHash(second, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && first === from.root && second === to.root;
}

async function path(index: number, begin: number, end: number, nodes: NodeSource): Promise<Digest[]> {
  if (end - begin === 1) return [];
  const middle = begin + split(end - begin);
  if (index < middle)
    return [...(await path(index, begin, middle, nodes)), await rangeRoot(middle, end, nodes)];
  return [...(await path(index, middle, end, nodes)), await rangeRoot(begin, middle, nodes)];
}

/** @param whole whether the subtree at hand is all of the old tree, whose root the verifier knows already */
async function subproof(
  from: number,
  begin: number,
  end: number,
  whole: boolean,
  nodes: NodeSource,
): Promise<Digest[]> {
  if (from === end) return whole ? [] : [await rangeRoot(begin, end, nodes)];
  const middle = begin + split(end - begin);
  if (from <= middle)
    return [...(await subproof(from, begin, middle, whole, nodes)), await rangeRoot(middle, end, nodes)];
  return [...(await subproof(from, middle, end, false, nodes)), await rangeRoot(begin, middle, nodes)];
}

/** The root of the leaves from `begin` to `end`; `begin` is a multiple of the largest power of two that fits. */
async function rangeRoot(begin: number, end: number, nodes: NodeSource): Promise<Digest> {
  const size = end - begin;
  if (isPowerOfTwo(size)) return nodes(Math.log2(size), begin / size);
  const middle = begin + split(size);
  return nodeHash(await rangeRoot(begin, middle, nodes), await rangeRoot(middle, end, nodes));
}

/** The largest power of two that is smaller than a size of two or more. */
function split(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1));
}

function skipEven(fn: number, sn: number): [number, number] {
  let [a, b] = [fn, sn];
  while (!isOdd(a) && a !== 0) [a, b] = [half(a), half(b)];
  return [a, b];
}

function skipOdd(fn: number, sn: number): [number, number] {
  let [a, b] = [fn, sn];
  while (isOdd(a)) [a, b] = [half(a), half(b)];
  return [a, b];
}

const isOdd = (value: number): boolean => value % 2 === 1;
const half = (value: number): number => Math.floor(value / 2);
const isPowerOfTwo = (value: number): boolean => value > 0 && Number.isInteger(Math.log2(value));
