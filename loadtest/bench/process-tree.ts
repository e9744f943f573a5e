import { readdirSync, readFileSync } from "node:fs";

/** A process of `/proc`. */
export interface ListedProcess {
  id: number;
  parent: number;
  /** CPU time in ticks. */
  ticks: number;
}

/** The ids of a process and of all that it has started. Linux only. */
export function treeOf(root: number, processes = listProcesses()): number[] {
  const within = new Set([root]);
  // Parents start before their children, but ids may wrap round: repeat until nothing is added.
  for (let size = 0; size !== within.size;) {
    size = within.size;
    for (const { id, parent } of processes) if (within.has(parent)) within.add(id);
  }
  return [...within];
}

/** All processes of the machine. Linux only. */
export function listProcesses(): ListedProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(statOf);
}

/** proc(5): the name in parentheses may hold anything; then state, parent, … utime (14th), stime (15th). */
function statOf(id: string): ListedProcess[] {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [{ id: Number(id), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  } catch {
    // It has ended since it was listed.
    return [];
  }
}
