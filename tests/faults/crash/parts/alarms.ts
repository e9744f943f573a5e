import { appendFileSync } from "node:fs";

/** Lines of the apps that nobody should ever read: something said two things, or is damaged, or cannot go on. */
const ALARMS = [
  "audit-record-conflict",
  "record-refused-by-register",
  "ledger-history-changed",
  "ledger-entry-unreadable",
  "checkpoint-forked",
  "reply-breaks-contract",
  "critical host:",
];

/** What the apps of a world write: kept in a file, for whoever looks for the cause of a finding. */
export class Alarms {
  readonly #file: string;
  readonly #raised: string[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  readonly read = (line: string): void => {
    appendFileSync(this.#file, `${line}\n`, { mode: 0o600 });
    if (ALARMS.some((alarm) => line.includes(alarm))) this.#raised.push(line);
  };

  /** The alarms so far. */
  get raised(): readonly string[] {
    return this.#raised;
  }
}
