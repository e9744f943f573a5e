import type { MutableBlock } from "./mutation.ts";

/** Something in a block: where it is, and what. */
export interface Leaf {
  readonly path: readonly string[];
  /** The path without indexes. */
  readonly attribute: string;
  readonly value: unknown;
}

/** Every string, number and boolean in a block, and every block in it. What is null is not written. */
export function leavesOf(block: unknown, path: readonly string[] = []): { leaves: Leaf[]; blocks: Leaf[] } {
  const found: { leaves: Leaf[]; blocks: Leaf[] } = { leaves: [], blocks: [] };
  if (block === null || block === undefined) return found;
  const here = { path, attribute: attributeOf(path), value: block };
  if (typeof block !== "object") return { leaves: [here], blocks: [] };
  const holdsBlocks = Array.isArray(block) ? typeof block[0] === "object" : true;
  if (path.length > 0 && holdsBlocks) found.blocks.push(here);
  for (const [key, value] of Object.entries(block)) {
    const inner = leavesOf(value, [...path, key]);
    found.leaves.push(...inner.leaves);
    found.blocks.push(...inner.blocks);
  }
  return found;
}

export function attributeOf(path: readonly string[]): string {
  return path.filter((step) => !/^\d+$/.test(step)).join(".");
}

/** Sets what is at a path, or takes it away. A list closes the gap. */
export function setAt(block: MutableBlock, path: readonly string[], value: unknown): void {
  const last = path.at(-1) ?? "";
  let at: unknown = block;
  for (const step of path.slice(0, -1)) at = (at as MutableBlock)[step];
  if (Array.isArray(at) && value === undefined) at.splice(Number(last), 1);
  else if (value === undefined) Reflect.deleteProperty(at as MutableBlock, last);
  else (at as MutableBlock)[last] = value;
}
