import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { appendLeaves, EMPTY_FRONTIER, nodePosition, rootOf, type Growth } from "./frontier.ts";
import { EMPTY_ROOT, leafHash, nodeHash, sha256, type Digest } from "./hash.ts";
import {
  consistencyPath,
  inclusionPath,
  verifyConsistency,
  verifyInclusion,
  type NodeSource,
} from "./proofs.ts";

const leavesOf = (size: number): Digest[] =>
  Array.from({ length: size }, (_, index) => leafHash(`entry ${index}`));

/** MTH as RFC 6962, 2.1 defines it, without any of the short cuts that are tested here. */
function treeHash(leaves: readonly Digest[]): Digest {
  const [first] = leaves;
  if (first === undefined) return EMPTY_ROOT;
  if (leaves.length === 1) return first;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

const nodesOf =
  (leaves: readonly Digest[]): NodeSource =>
  (level, index) =>
    Promise.resolve(treeHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));

const rootAt = (leaves: readonly Digest[], size: number) => ({ size, root: treeHash(leaves.slice(0, size)) });

describe("a Merkle tree", () => {
  it("has the roots that RFC 6962's test vectors of its reference implementation have", () => {
    const inputs = [
      "",
      "00",
      "10",
      "2021",
      "3031",
      "40414243",
      "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ];
    const leaves = inputs.map((hex) => sha256(Buffer.from(`00${hex}`, "hex")));
    const roots = leaves.map((_, index) =>
      rootOf(appendLeaves(EMPTY_FRONTIER, leaves.slice(0, index + 1)).frontier),
    );
    expect(roots[0]).toBe("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    expect(roots[1]).toBe("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
    expect(roots[7]).toBe("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  });

  it("grows to the same root however its leaves are divided", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 30 }), (parts) => {
        const leaves = leavesOf(parts.reduce((sum, part) => sum + part, 0));
        let [frontier, taken] = [EMPTY_FRONTIER, 0];
        for (const part of parts) {
          frontier = appendLeaves(frontier, leaves.slice(taken, taken + part)).frontier;
          taken += part;
        }
        expect(rootOf(frontier)).toBe(treeHash(leaves));
        expect(frontier.peaks.length).toBeLessThanOrEqual(9);
      }),
    );
  });

  it("gives every completed subtree at its position", () => {
    const leaves = leavesOf(40);
    const before = appendLeaves(EMPTY_FRONTIER, leaves.slice(0, 11)).frontier;
    const { completed }: Growth = appendLeaves(before, leaves.slice(11));
    for (const level of [1, 2, 3, 4, 5]) {
      for (let index = 0; (index + 1) * 2 ** level <= 40; index += 1) {
        const lastLeaf = (index + 1) * 2 ** level - 1;
        if (lastLeaf < 11) continue;
        const expected = treeHash(leaves.slice(index * 2 ** level, lastLeaf + 1));
        expect(completed[nodePosition(11, level, lastLeaf)]).toBe(expected);
      }
    }
  });

  it("proves every leaf of every size, and nothing else", async () => {
    const leaves = leavesOf(17);
    for (let size = 1; size <= 17; size += 1) {
      const { root } = rootAt(leaves, size);
      for (let index = 0; index < size; index += 1) {
        const proof = await inclusionPath(index, size, nodesOf(leaves));
        const leaf = leaves[index] ?? "";
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
        expect(verifyInclusion(leafHash("another"), index, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index + 1, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, [...proof, root], root)).toBe(false);
        if (proof.length > 0) expect(verifyInclusion(leaf, index, size, proof.slice(1), root)).toBe(false);
      }
    }
  });

  it("proves that each tree is the beginning of each later one, and of no other", async () => {
    const leaves = leavesOf(20);
    const forged = leaves.with(3, leafHash("forged"));
    for (let from = 1; from <= 20; from += 1) {
      for (let to = from; to <= 20; to += 1) {
        const proof = await consistencyPath(from, to, nodesOf(leaves));
        expect(verifyConsistency(rootAt(leaves, from), rootAt(leaves, to), proof)).toBe(true);
        if (from > 3) expect(verifyConsistency(rootAt(forged, from), rootAt(leaves, to), proof)).toBe(false);
        if (to > 3) expect(verifyConsistency(rootAt(leaves, from), rootAt(forged, to), proof)).toBe(false);
        if (to > from) expect(verifyConsistency(rootAt(leaves, to), rootAt(leaves, from), proof)).toBe(false);
      }
    }
  });

  it("refuses to prove what is not there", async () => {
    await expect(inclusionPath(3, 3, nodesOf(leavesOf(3)))).rejects.toThrow(RangeError);
    await expect(consistencyPath(0, 3, nodesOf(leavesOf(3)))).rejects.toThrow(RangeError);
    await expect(consistencyPath(4, 3, nodesOf(leavesOf(3)))).rejects.toThrow(RangeError);
  });
});
