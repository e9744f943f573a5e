import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { p256 } from "@noble/curves/nist.js";
import { MongoClient } from "mongodb";
import type { Db } from "mongodb";
import { collections } from "../../../handlers/audit/collections.ts";
import type { CheckpointPublisher } from "../../../handlers/audit/ledger/checkpoint-publisher.ts";
import type { CheckpointSigner } from "../../../handlers/audit/ledger/checkpoint-signer.ts";
import { openLedger, type Ledger, type LedgerOptions } from "../../../handlers/audit/ledger/open-ledger.ts";
import { startDatabase } from "../../../platform/database/start-database.ts";
import type { AuditRecord } from "../../../runtime/audit/audit-record.ts";
import { indexKey } from "../../../runtime/database/collections.ts";
import { checkpointHash, type Checkpoint, type PublicKey } from "../../../runtime/ledger/checkpoint.ts";
import { parseExportLine } from "../../../runtime/ledger/export-line.ts";
import { LedgerVerifier, type VerifiedLedger } from "../../../runtime/ledger/ledger-verifier.ts";
import { fakeClock } from "../../../runtime/testing/fake-clock.ts";
import { recordingLog } from "../../../runtime/testing/recording-log.ts";

export interface LedgerServer {
  /** A database that nobody has seen, with the register's indexes. */
  database(): Promise<Db>;
  close(): Promise<void>;
}

/** The embedded database, or the one at `TEST_MONGODB_URI`. */
export async function startLedgerServer(): Promise<LedgerServer> {
  const directory = await mkdtemp(join(tmpdir(), "specimen-ledger-"));
  const own = process.env.TEST_MONGODB_URI
    ? undefined
    : await startDatabase({ directory, name: "audit", tcpPort: 0 });
  const client = await new MongoClient(own?.uri ?? process.env.TEST_MONGODB_URI ?? "", {
    ignoreUndefined: true,
  }).connect();
  const made: Db[] = [];
  return {
    async database() {
      const db = client.db(`ledger-${randomUUID()}`);
      made.push(db);
      for (const { name, indexes } of collections) {
        if (indexes.length === 0) continue;
        const wanted = indexes.map((index) => ({ name: index.name, key: indexKey(index) as never }));
        await db.collection(name).createIndexes(wanted);
      }
      return db;
    },
    async close() {
      if (!own) for (const db of made) await db.dropDatabase();
      await client.close();
      await own?.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export const HASH_KEY = "a hash key of the tests";

/** A ledger with caches of its own, as a process has it; nothing is projected unless somebody asks. */
export function openTestLedger(db: Db, changes: Partial<LedgerOptions> = {}): Promise<Ledger> {
  return openLedger({
    db,
    clock: fakeClock(),
    log: recordingLog().write,
    hashKey: () => Promise.resolve(HASH_KEY),
    later: () => undefined,
    ...changes,
  });
}

let accesses = 0;

/** An access id that no other test has. */
export function newAccess(): string {
  accesses += 1;
  return `0198c0de-0000-7000-8000-${String(accesses).padStart(12, "0")}`;
}

/** A record of an access to a patient. */
export function recordOf(
  accessId: string,
  phase: AuditRecord["phase"] = "intent",
  changes: Partial<AuditRecord> = {},
): AuditRecord {
  return {
    id: `${accessId}:${phase}`,
    accessId,
    phase,
    createdDate: "2026-11-20T08:30:00.000Z",
    sourceSystemName: "patient",
    operationId: "getPatient",
    action: "R",
    resource: { type: "patient", id: PATIENT, operation: "read" },
    patientId: PATIENT,
    actor: { subscription: "partner-1", product: "partner" },
    traceId: "0af7651916cd43dd8448eb211c80319c",
    requestId: "0198c0de-0000-7000-8000-00000000abcd",
    ...(phase !== "intent" && {
      outcome: { code: 0, status: 200, resources: [{ type: "patient", id: PATIENT, version: 1 }] },
    }),
    ...changes,
  };
}

export const PATIENT = "0198c0de-0000-7000-8000-0000000000f1";

/** A vault in memory, whose key can be rotated. */
export interface TestSigner extends CheckpointSigner {
  /** The keys so far, the first first. */
  readonly keys: PublicKey[];
  rotate(): void;
}

export function testSigner(): TestSigner {
  const secrets: Buffer[] = [];
  const keys: PublicKey[] = [];
  const rotate = (): void => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x = "", y = "", d = "" } = privateKey.export({ format: "jwk" });
    secrets.push(Buffer.from(d, "base64url"));
    keys.push({ kty: "EC", crv: "P-256", x, y });
  };
  rotate();
  return {
    keys,
    rotate,
    current() {
      const key = keys.at(-1);
      if (!key) throw new Error("unreachable");
      return Promise.resolve({ version: String(keys.length - 1), key });
    },
    sign(version, digest) {
      const secret = secrets[Number(version)];
      if (!secret) throw new Error(`there is no version ${version}`);
      // Node signs messages only; a vault is given the digest.
      return Promise.resolve(
        Buffer.from(p256.sign(digest, secret, { prehash: false })).toString("base64url"),
      );
    },
  };
}

/** A second place in memory. */
export function testPublisher(): CheckpointPublisher & { readonly blobs: Map<string, string> } {
  const blobs = new Map<string, string>();
  return {
    blobs,
    put(name, content) {
      if (blobs.has(name)) return Promise.resolve(false);
      blobs.set(name, content);
      return Promise.resolve(true);
    },
    get: (name) => Promise.resolve(blobs.get(name)),
  };
}

/** Verifies what a ledger exports, through the text of its lines. */
export async function verifyExport(
  ledger: Ledger,
  keys: readonly PublicKey[],
  saved: readonly Checkpoint[] = [],
  sequence?: number,
): Promise<VerifiedLedger & { readonly records: number; readonly ids: string[] }> {
  const end = await ledger.checkpoint(sequence);
  if (!end) throw new Error("there is no checkpoint");
  const verifier = new LedgerVerifier({ keys, saved });
  const ids: string[] = [];
  for await (const line of ledger.export(end)) {
    const read = parseExportLine(JSON.stringify(line));
    verifier.accept(read);
    if (read.type === "batch")
      ids.push(...read.entries.map((text) => (JSON.parse(text) as { id: string }).id));
  }
  const verified = verifier.finish();
  if (checkpointHash(verified.checkpoint) !== checkpointHash(end)) throw new Error("another checkpoint");
  return { ...verified, ids };
}
