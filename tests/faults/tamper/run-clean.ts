import type { Checkpoint } from "../../../runtime/ledger/checkpoint.ts";
import { fakeClock } from "../../../runtime/testing/fake-clock.ts";
import {
  newAccess,
  openTestLedger,
  recordOf,
  testPublisher,
  testSigner,
  type LedgerServer,
} from "../../integration/ledger/ledger-fixture.ts";
import { exportLines } from "./export-lines.ts";
import type { Judge } from "./judge-export.ts";
import { seededRandom, type Random } from "./random.ts";

export interface CleanOptions {
  readonly server: LedgerServer;
  readonly runs: number;
  readonly seed: number;
  readonly judge: Judge;
  /** Default: 8 */
  readonly workers?: number;
  readonly onRun?: (done: number) => void;
}

/**
 * Has honest ledgers judged, each another one: appended to by several processes at once, while checkpoints are made, the key
 * and the month change. The auditor has older checkpoints, some or all of them, and the first key.
 * @returns the false alarms
 */
export async function runClean({
  server,
  runs,
  seed,
  judge,
  workers = 8,
  onRun,
}: CleanOptions): Promise<string[]> {
  const alarms: string[] = [];
  let [begun, done] = [0, 0];
  const work = async (): Promise<void> => {
    while (begun < runs) {
      begun += 1;
      alarms.push(...(await runOnce(server, seededRandom(seed + begun), judge)));
      done += 1;
      onRun?.(done);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return alarms;
}

async function runOnce(server: LedgerServer, random: Random, judge: Judge): Promise<string[]> {
  const db = await server.database();
  const [clock, signer, publisher] = [fakeClock(), testSigner(), testPublisher()];
  const processes = await Promise.all(
    Array.from({ length: 1 + random.below(3) }, () => openTestLedger(db, { clock })),
  );
  for (let round = 0; round < 2 + random.below(3); round += 1) {
    if (random.chance(0.3)) signer.rotate();
    await Promise.all(
      processes.flatMap((ledger) => [
        ledger.append(Array.from({ length: random.below(20) }, () => recordOf(newAccess()))),
        ...(random.chance(0.6) ? [ledger.makeCheckpoint(signer, publisher)] : []),
      ]),
    );
    clock.advance(random.below(20) * 24 * 3_600_000);
  }
  await processes[0]?.makeCheckpoint(signer, publisher);
  const { lines, error } = await exportLines(db);

  const saved = [...publisher.blobs.values()].map((text) => JSON.parse(text) as Checkpoint);
  await db.dropDatabase();
  const older = random.chance(0.5) ? saved : [random.pick(saved)];
  const keys = saved.slice(0, 1).map(({ key }) => key);
  const fault = judge(lines, { keys, saved: older });
  return fault || error !== undefined ? [JSON.stringify({ fault, error: String(error) })] : [];
}
