import type { Db } from "mongodb";
import type { Checkpoint } from "../../../runtime/ledger/checkpoint.ts";
import { fakeClock } from "../../../runtime/testing/fake-clock.ts";
import {
  newAccess,
  openTestLedger,
  recordOf,
  testPublisher,
  testSigner,
  type LedgerServer,
  type TestSigner,
} from "../../integration/ledger/ledger-fixture.ts";
import { exportLines } from "./export-lines.ts";
import type { Random } from "./random.ts";
import { readSnapshot, type Snapshot } from "./snapshot.ts";

/** An honest ledger that is going to be attacked. */
export interface Target {
  readonly db: Db;
  readonly signer: TestSigner;
  /** What is in the database. */
  readonly snapshot: Snapshot;
  /** What it exports. */
  readonly lines: readonly string[];
  readonly checkpoints: readonly Checkpoint[];
}

const DAY = 24 * 3_600_000;

/** How often something is appended, and a checkpoint made after it. */
export const ROUNDS = 7;

/** A ledger of all streams, three epochs, a checkpoint a round and two changes of the key. */
export async function buildTarget(server: LedgerServer, random: Random): Promise<Target> {
  const db = await server.database();
  const [clock, signer, publisher] = [fakeClock(), testSigner(), testPublisher()];
  const ledger = await openTestLedger(db, { clock });
  for (let round = 0; round < ROUNDS; round += 1) {
    const accesses = Array.from({ length: 16 + random.below(24) }, newAccess);
    await ledger.append(accesses.flatMap((id) => [recordOf(id), recordOf(id, "outcome")]));
    if (round === 2 || round === 4) signer.rotate();
    await ledger.makeCheckpoint(signer, publisher);
    clock.advance((round % 2 === 1 ? 17 : 2) * DAY);
  }
  const snapshot = await readSnapshot(db);
  return {
    ...{ db, signer, snapshot },
    lines: (await exportLines(db)).lines,
    checkpoints: snapshot.checkpoints.map(({ checkpoint }) => checkpoint),
  };
}
