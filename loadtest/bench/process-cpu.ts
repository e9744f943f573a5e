import { listProcesses, treeOf } from "./process-tree.ts";

/** Ticks of `/proc/<pid>/stat` in a second: what every Linux that Node runs on has (`getconf CLK_TCK`). */
const ticksPerSecond = 100;

/**
 * The CPU time that a process and its children have used.
 *
 * @returns seconds; undefined where there is no `/proc`
 */
export function treeCpuSeconds(root: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const processes = listProcesses();
  const within = new Set(treeOf(root, processes));
  const ticks = processes.filter(({ id }) => within.has(id)).reduce((sum, one) => sum + one.ticks, 0);
  return ticks / ticksPerSecond;
}
