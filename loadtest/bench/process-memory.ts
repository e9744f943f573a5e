import { readFileSync } from "node:fs";
import { treeOf } from "./process-tree.ts";

/** The memory that a process and its children have in RAM, in MB; undefined where there is no `/proc`. */
export function treeMemoryMb(root: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  return treeOf(root).reduce((sum, id) => sum + residentKb(id), 0) / 1024;
}

/** proc(5): `VmRSS` in `/proc/<pid>/status`. */
function residentKb(id: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "latin1"))?.[1] ?? 0);
  } catch {
    // It has ended since it was listed.
    return 0;
  }
}
