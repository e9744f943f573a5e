import { readdirSync, readFileSync } from "node:fs";

/** Ticks of `/proc/<pid>/stat` in a second: what every Linux that Node runs on has (`getconf CLK_TCK`). */
const ticksPerSecond = 100;

/**
 * The CPU time that a process and its children have used.
 *
 * @returns seconds; undefined where there is no `/proc`
 */
export function treeCpuSeconds(root: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(statOf);
  const within = new Set([root]);
  // Parents start before their children, but ids may wrap round: repeat until nothing is added.
  for (let size = 0; size !== within.size;) {
    size = within.size;
    for (const { id, parent } of processes) if (within.has(parent)) within.add(id);
  }
  const ticks = processes.filter(({ id }) => within.has(id)).reduce((sum, one) => sum + one.ticks, 0);
  return ticks / ticksPerSecond;
}

/** proc(5): the name in parentheses may hold anything; then state, parent, … utime (14th), stime (15th). */
function statOf(id: string): { id: number; parent: number; ticks: number }[] {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [{ id: Number(id), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  } catch {
    // It has ended since it was listed.
    return [];
  }
}
