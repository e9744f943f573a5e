import type { Coverage, CoverageKind } from "./coverage.ts";

/** What is told of one operation. */
export interface OperationFigures {
  readonly operationId: string;
  readonly cases: number;
  /** Of the cases, those that keep the contract and are about what is there. */
  readonly served: number;
  readonly seconds: number;
  readonly disagreements: number;
  readonly coverage: Coverage;
}

const KINDS: readonly CoverageKind[] = ["rules", "properties", "answers", "expectations"];
const HEADINGS = ["operation", "cases", "served", "s", "disagreements", ...KINDS];

/** A table of the operations and their sum, in columns. */
export function coverageTable(operations: readonly OperationFigures[]): string {
  const rows = operations.map((one) => [
    one.operationId,
    String(one.cases),
    String(one.served),
    one.seconds.toFixed(1),
    String(one.disagreements),
    ...KINDS.map((kind) => share(one.coverage.share(kind))),
  ]);
  const sums = [
    "all",
    String(sum(operations.map(({ cases }) => cases))),
    String(sum(operations.map(({ served }) => served))),
    sum(operations.map(({ seconds }) => seconds)).toFixed(1),
    String(sum(operations.map(({ disagreements }) => disagreements))),
    ...KINDS.map((kind) => {
      const shares = operations.map(({ coverage }) => coverage.share(kind));
      return share({ seen: sum(shares.map(({ seen }) => seen)), all: sum(shares.map(({ all }) => all)) });
    }),
  ];
  return inColumns([HEADINGS, ...rows, sums]);
}

function share({ seen, all }: { seen: number; all: number }): string {
  return `${seen}/${all}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function inColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((text, column) =>
          column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}
