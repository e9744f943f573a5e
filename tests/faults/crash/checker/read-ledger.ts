import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { openLedger } from "../../../../handlers/audit/ledger/open-ledger.ts";
import { recordPrivacy } from "../../../../handlers/audit/ledger/record-privacy.ts";
import type { AuditRecord } from "../../../../handlers/audit/ledger/record-subjects.ts";
import { subjectKeys } from "../../../../handlers/audit/ledger/subject-keys.ts";
import { systemClock } from "../../../../runtime/clock.ts";
import type { Checkpoint } from "../../../../runtime/ledger/checkpoint.ts";
import { LedgerFaultError, LedgerVerifier } from "../../../../runtime/ledger/ledger-verifier.ts";
import type { World } from "../parts/start-world.ts";
import type { Finding } from "./finding.ts";

/** A record as the register gives it out, its ids revealed. */
export type RegisterRecord = AuditRecord;

export interface LedgerReading {
  readonly records: readonly RegisterRecord[];
  /** The checkpoint that it ends at, to be saved for the next reading. */
  readonly checkpoint?: Checkpoint;
  readonly findings: readonly Finding[];
}

/**
 * Exports the ledger up to its last checkpoint, and verifies it as somebody does who has the key from the vault and the
 * checkpoints from earlier exports and from the second place.
 */
export async function readLedger(world: World, saved: readonly Checkpoint[]): Promise<LedgerReading> {
  const { db } = world.databases.audit;
  const hashKey = () => Promise.resolve(world.subjectKey);
  const ledger = await openLedger({
    ...{ db, hashKey, clock: systemClock },
    log: () => undefined,
    later: () => undefined,
  });
  const end = await ledger.checkpoint();
  if (!end) return { records: [], findings: [{ rule: "ledger", message: "there is no checkpoint" }] };
  const verifier = new LedgerVerifier({
    keys: [world.signingKey],
    saved: [...saved, ...publishedCheckpoints(world)],
  });
  const sealed: RegisterRecord[] = [];
  const findings: Finding[] = [];
  try {
    for await (const line of ledger.export(end)) {
      verifier.acceptText(JSON.stringify(line));
      if (line.type === "batch")
        sealed.push(...line.entries.map((text) => JSON.parse(text) as RegisterRecord));
    }
    verifier.finish();
  } catch (error) {
    if (!(error instanceof LedgerFaultError)) throw error;
    findings.push({ rule: "ledger", message: JSON.stringify(error.fault) });
  }
  const ids = new Set(sealed.map(({ id }) => id));
  if (ids.size < sealed.length)
    findings.push({ rule: "ledger", message: `${sealed.length - ids.size} records are there twice` });
  const records = await recordPrivacy(subjectKeys(db), hashKey).reveal(sealed);
  return { records, checkpoint: end, findings };
}

function publishedCheckpoints({ published }: World): Checkpoint[] {
  const names = readdirSync(published).filter((name) => /^\d{12}\.json$/.test(name));
  return names.map((name) => JSON.parse(readFileSync(join(published, name), "utf8")) as Checkpoint);
}
