import type { Outcome } from "./judge-trial.ts";
import type { Tally } from "./run-trials.ts";

/** Found, and told where as well as that can be told. */
const RIGHT = ["exact", "within", "elsewhere", "refused"] as const satisfies readonly Outcome[];
const FOUND = [...RIGHT, "misplaced"] as const satisfies readonly Outcome[];

const COLUMNS = [
  "mutation",
  "trials",
  "found",
  "named right",
  "exact",
  "in range",
  "no batch",
  "refused",
] as const;

/** The result, by kind of mutation. */
export function tableOf({ counts }: Tally): string {
  const rows = [...counts].map(([kind, of]) => [kind, ...figures(of)]);
  const totals = (rows[0] ?? []).slice(1).map((_, column) => sum(rows.map((row) => Number(row[column + 1]))));
  const all = [[...COLUMNS], ...rows, ["all", ...totals]].map((row) => row.map(String));
  const widths = COLUMNS.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))),
    )
    .map((row) => row.join("  ").trimEnd())
    .join("\n");
}

/** How many mutations were tried, and how many of them found. */
export function totalsOf({ counts }: Tally): { readonly trials: number; readonly found: number } {
  const all = [...counts.values()];
  return {
    trials: sum(all.flatMap((of) => [...of.values()])),
    found: sum(all.map((of) => count(of, FOUND))),
  };
}

function figures(of: ReadonlyMap<Outcome, number>): number[] {
  return [
    sum([...of.values()]),
    count(of, FOUND),
    count(of, RIGHT),
    ...RIGHT.map((outcome) => of.get(outcome) ?? 0),
  ];
}

function count(of: ReadonlyMap<Outcome, number>, outcomes: readonly Outcome[]): number {
  return sum(outcomes.map((outcome) => of.get(outcome) ?? 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
