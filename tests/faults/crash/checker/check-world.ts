import type { Checkpoint } from "../../../../runtime/ledger/checkpoint.ts";
import type { History } from "../client/history.ts";
import type { World } from "../parts/start-world.ts";
import { checkAnswers } from "./check-answers.ts";
import { checkChanges } from "./check-changes.ts";
import { checkLeft } from "./check-left.ts";
import { checkOutcomes } from "./check-outcomes.ts";
import { checkWrites } from "./check-writes.ts";
import type { Finding } from "./finding.ts";
import { readDocuments } from "./read-documents.ts";
import { readLedger } from "./read-ledger.ts";
import { RegisterView } from "./register-view.ts";

/** What was looked at. */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly requests: number;
  readonly records: number;
  /** Of stored documents. */
  readonly versions: number;
  /** Accesses whose end nobody knows. */
  readonly unknown: number;
  readonly checkpoint?: Checkpoint;
}

/**
 * Holds three memories against each other, each in both directions: the client's history, the database, and the register. The
 * world is settled.
 * @param saved the checkpoints of earlier checks
 */
export async function checkWorld(
  world: World,
  history: History,
  saved: readonly Checkpoint[],
): Promise<Checked> {
  const exchanges = history.read();
  const documents = await readDocuments(world);
  const ledger = await readLedger(world, saved);
  const register = new RegisterView(ledger.records, exchanges);
  const findings = [
    ...ledger.findings,
    ...checkWrites(exchanges, documents, register),
    ...checkAnswers(exchanges, register),
    ...checkChanges(documents, register),
    ...checkOutcomes(documents, register),
    ...(await checkLeft(world, ledger.records.length)),
  ];
  return {
    findings,
    requests: exchanges.length,
    records: ledger.records.length,
    versions: [...documents.values()].reduce((sum, { version }) => sum + version, 0),
    unknown: [...register.accesses].filter(({ outcome }) => outcome?.outcome?.code === 12).length,
    ...(ledger.checkpoint && { checkpoint: ledger.checkpoint }),
  };
}
