import type { Checked } from "./checker/check-world.ts";
import type { Finding } from "./checker/finding.ts";
import { nameOf, type Trial } from "./trials/plan-trials.ts";

interface Row {
  trials: number;
  killed: number;
  findings: number;
}

/** What has been tried, and what came of it. */
export class Tally {
  readonly #byKind = new Map<string, Row>();
  readonly #byOperation = new Map<string, Row>();
  readonly #rowsOfTrial = new Map<number, readonly Row[]>();
  /** Of the rounds that are over. */
  readonly #sums = { requests: 0, records: 0, versions: 0, unknown: 0 };
  #trials = 0;
  #killed = 0;
  #findings = 0;

  get trials(): number {
    return this.#trials;
  }

  get findings(): number {
    return this.#findings;
  }

  trial({ number, kind, operation }: Trial, killed: boolean): void {
    const rows = [rowOf(this.#byKind, nameOf(kind)), rowOf(this.#byOperation, operation)];
    this.#rowsOfTrial.set(number, rows);
    for (const row of rows) {
      row.trials += 1;
      if (killed) row.killed += 1;
    }
    this.#trials += 1;
    if (killed) this.#killed += 1;
  }

  finding({ trial }: Finding): void {
    this.#findings += 1;
    for (const row of this.#rowsOfTrial.get(trial ?? -1) ?? []) row.findings += 1;
  }

  round({ requests, records, versions, unknown }: Checked): void {
    this.#sums.requests += requests;
    this.#sums.records += records;
    this.#sums.versions += versions;
    this.#sums.unknown += unknown;
  }

  toString(): string {
    const { requests, records, versions, unknown } = this.#sums;
    return [
      ...table("killed at", this.#byKind),
      "",
      ...table("operation", this.#byOperation),
      "",
      `${this.#trials} trials, ${this.#killed} kills as planned, ${this.#findings} findings`,
      `${requests} requests, ${records} records, ${versions} versions of documents, ${unknown} accesses of unknown end`,
    ].join("\n");
  }
}

function rowOf(rows: Map<string, Row>, name: string): Row {
  const row = rows.get(name) ?? { trials: 0, killed: 0, findings: 0 };
  rows.set(name, row);
  return row;
}

function table(title: string, rows: ReadonlyMap<string, Row>): string[] {
  const sorted = [...rows].sort(([one], [other]) => (one < other ? -1 : 1));
  const width = Math.max(...[title, ...rows.keys()].map((name) => name.length));
  const line = (name: string, ...cells: (string | number)[]) =>
    `${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(10)).join("")}`;
  return [
    line(title, "trials", "killed", "findings"),
    ...sorted.map(([name, { trials, killed, findings }]) => line(name, trials, killed, findings)),
  ];
}
