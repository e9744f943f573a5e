import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Db } from "mongodb";
import { blobPublisher } from "../../../handlers/audit/ledger/checkpoint-publisher.ts";
import { keyVaultSigner } from "../../../handlers/audit/ledger/key-vault-signer.ts";
import type { Ledger } from "../../../handlers/audit/ledger/open-ledger.ts";
import { startBlobStorage } from "../../../platform/blob-storage/start-blob-storage.ts";
import { startKeyVault } from "../../../platform/key-vault/start-key-vault.ts";
import { LedgerFaultError } from "../../../runtime/ledger/ledger-verifier.ts";
import { verifyConsistency, verifyInclusion } from "../../../runtime/ledger/proofs.ts";
import { leafHash } from "../../../runtime/ledger/hash.ts";
import { caught } from "../../../runtime/testing/caught.ts";
import { fakeClock } from "../../../runtime/testing/fake-clock.ts";
import { recordingLog } from "../../../runtime/testing/recording-log.ts";
import {
  newAccess,
  openTestLedger,
  recordOf,
  startLedgerServer,
  testPublisher,
  testSigner,
  verifyExport,
  type LedgerServer,
} from "./ledger-fixture.ts";

let server: LedgerServer;
let db: Db;
beforeAll(async () => (server = await startLedgerServer()));
afterAll(() => server.close());
beforeEach(async () => (db = await server.database()));

const append = (ledger: Ledger, count: number) =>
  ledger.append(Array.from({ length: count }, () => recordOf(newAccess())));

async function checkpointOf(ledger: Ledger, sequence?: number) {
  const checkpoint = await ledger.checkpoint(sequence);
  if (!checkpoint) throw new Error("there is no checkpoint");
  return checkpoint;
}

describe("checkpoints", () => {
  it("are signed and published also while nothing happens, each naming the one before", async () => {
    const [ledger, signer, publisher] = [await openTestLedger(db), testSigner(), testPublisher()];
    expect(await ledger.checkpoint()).toBeUndefined();
    for (let count = 0; count < 3; count += 1)
      expect(await ledger.makeCheckpoint(signer, publisher)).toEqual({ signed: 1, published: 1 });
    expect([...publisher.blobs.keys()]).toEqual([
      "000000000000.json",
      "000000000001.json",
      "000000000002.json",
    ]);
    expect(JSON.parse(publisher.blobs.get("000000000002.json") ?? "")).toEqual(await ledger.checkpoint());
    expect((await verifyExport(ledger, signer.keys)).records).toBe(0);
  });

  it("are of one sequence when processes race for them, while records are appended", async () => {
    const ledgers = await Promise.all(Array.from({ length: 6 }, () => openTestLedger(db)));
    const [signer, publisher] = [testSigner(), testPublisher()];
    let signed = 0;
    for (let round = 0; round < 5; round += 1)
      await Promise.all(
        ledgers.map(async (ledger) => {
          await Promise.all([append(ledger, 20), ledger.makeCheckpoint(signer, publisher)]).then(
            ([, run]) => (signed += run.signed),
          );
        }),
      );
    const [ledger] = ledgers;
    if (!ledger) throw new Error("unreachable");
    expect(publisher.blobs.size).toBe(signed);
    const saved = await Promise.all(
      Array.from({ length: signed }, (_, sequence) => checkpointOf(ledger, sequence)),
    );
    await ledger.makeCheckpoint(signer, publisher);
    expect((await verifyExport(ledger, signer.keys, saved)).records).toBe(600);
  });

  it("are signed while the second place is away, and published in their order when it is back", async () => {
    const log = recordingLog();
    const [ledger, signer, publisher] = [
      await openTestLedger(db, { log: log.write }),
      testSigner(),
      testPublisher(),
    ];
    const away = { ...publisher, put: () => Promise.reject(new Error("away")) };
    await ledger.makeCheckpoint(signer, away);
    expect(await ledger.makeCheckpoint(signer, away)).toEqual({ signed: 1, published: 0 });
    expect(log.events[0]).toMatchObject({ level: "warn", event: "checkpoint-not-published", checkpoint: 0 });
    expect(await ledger.makeCheckpoint(signer, publisher)).toEqual({ signed: 1, published: 3 });
    expect(publisher.blobs.size).toBe(3);
  });

  it("are published by another process when one was killed before it had noted that", async () => {
    const [ledger, signer, publisher] = [await openTestLedger(db), testSigner(), testPublisher()];
    await ledger.makeCheckpoint(signer, publisher);
    await db.collection("checkpoints").updateMany({}, { $set: { published: false } });
    expect(await ledger.makeCheckpoint(signer, publisher)).toEqual({ signed: 1, published: 2 });
  });

  it("end when the second place holds another one: the database was set back", async () => {
    const log = recordingLog();
    const ledger = await openTestLedger(db, { log: log.write });
    const [signer, publisher] = [testSigner(), testPublisher()];
    await append(ledger, 20);
    await ledger.makeCheckpoint(signer, publisher);
    await ledger.makeCheckpoint(signer, publisher);
    await db.collection("checkpoints").deleteOne({ _id: 1 as never });
    const late = await openTestLedger(db, { log: log.write, clock: fakeClock("2026-11-20T09:00:00.000Z") });
    for (let count = 0; count < 2; count += 1)
      expect(await caught(() => late.makeCheckpoint(signer, publisher))).toMatchObject({
        name: "LedgerDamagedError",
      });
    expect(await db.collection("checkpoints").countDocuments()).toBe(2);
    expect(log.events).toContainEqual({ level: "error", event: "checkpoint-forked", checkpoint: 1 });
  });

  it.each([
    ["cut off", (batches: Db) => batches.collection("batches").deleteOne({ stream: "s00", seq: 1 })],
    [
      "written anew",
      (batches: Db) =>
        batches
          .collection("batches")
          .updateOne({ stream: "s00", seq: 1 }, { $set: { hash: "0".repeat(64) } }),
    ],
  ])("end when the ledger was %s since the last one", async (_, tamper) => {
    const log = recordingLog();
    const ledger = await openTestLedger(db, { log: log.write });
    await append(ledger, 100);
    await append(ledger, 100);
    await ledger.makeCheckpoint(testSigner(), testPublisher());
    await tamper(db);
    const error = await caught(() => ledger.makeCheckpoint(testSigner(), testPublisher()));
    expect(error).toMatchObject({ name: "LedgerDamagedError" });
    expect(log.events).toContainEqual({
      ...{ level: "error", event: "ledger-history-changed", checkpoint: 0, stream: "s00", seq: 1 },
    });
  });

  it("endorse a new key by the one before, so that an export can be verified with the first", async () => {
    const [ledger, signer, publisher] = [await openTestLedger(db), testSigner(), testPublisher()];
    await append(ledger, 30);
    await ledger.makeCheckpoint(signer, publisher);
    const saved = [await checkpointOf(ledger)];
    for (let rotation = 0; rotation < 2; rotation += 1) {
      signer.rotate();
      await append(ledger, 30);
      await ledger.makeCheckpoint(signer, publisher);
      await ledger.makeCheckpoint(signer, publisher);
    }
    const [first, second, third] = signer.keys;
    if (!first || !second || !third) throw new Error("unreachable");
    expect((await verifyExport(ledger, [first], saved)).records).toBe(90);
    expect((await verifyExport(ledger, [first], saved, 3)).records).toBe(90);
    expect((await verifyExport(ledger, [first], [], 1)).records).toBe(60);
    const [stranger] = testSigner().keys;
    expect(await caught(() => verifyExport(ledger, stranger ? [stranger] : []))).toBeInstanceOf(
      LedgerFaultError,
    );
  });

  it("are not signed when the key before cannot endorse the new one, or the vault's signature does not fit", async () => {
    const [ledger, signer, publisher] = [await openTestLedger(db), testSigner(), testPublisher()];
    await ledger.makeCheckpoint(signer, publisher);
    signer.rotate();
    const isDisabled = {
      ...signer,
      sign: (version: string, digest: Buffer) =>
        version === "0" ? Promise.reject(new Error("disabled")) : signer.sign(version, digest),
    };
    expect(await caught(() => ledger.makeCheckpoint(isDisabled, publisher))).toMatchObject({
      message: "disabled",
    });
    const wrong = { ...signer, sign: (_: string, digest: Buffer) => signer.sign("1", digest) };
    expect(await caught(() => ledger.makeCheckpoint(wrong, publisher))).toMatchObject({
      name: "SigningError",
    });
    expect(await ledger.checkpoint()).toMatchObject({ sequence: 0 });
  });

  it("are signed by the vault and published to blob storage", async () => {
    const directory = await mkdtemp(join(tmpdir(), "specimen-vault-"));
    const vault = await startKeyVault({
      directory,
      seed: {},
      grants: { operator: ["*"], "audit-app": [] },
      seedKeys: ["audit-signing-key"],
      keyGrants: { "audit-app": ["audit-signing-key"] },
    });
    const storage = await startBlobStorage({
      directory: join(directory, randomUUID()),
      containers: ["checkpoints"],
      identityOf: (token) => vault.identityOfStorageToken(token),
      grants: { checkpoints: ["audit-app"] },
    });
    try {
      const tokenOf = (resource: string, identity: string) => async () => {
        const url = `${vault.identityEndpoint}?api-version=2019-08-01&resource=${encodeURIComponent(resource)}`;
        const answer = await fetch(url, { headers: { "x-identity-header": vault.identityHeader(identity) } });
        return ((await answer.json()) as { access_token: string }).access_token;
      };
      const vaultToken = tokenOf("https://vault.azure.net", "audit-app");
      const signer = keyVaultSigner({ url: vault.url, name: "audit-signing-key", token: vaultToken });
      const token = tokenOf("https://storage.azure.com", "audit-app");
      const publisher = blobPublisher({ url: `${storage.url}/checkpoints`, token });
      const ledger = await openTestLedger(db);
      await append(ledger, 50);
      const { key } = await signer.current();
      expect(await ledger.makeCheckpoint(signer, publisher)).toEqual({ signed: 1, published: 1 });
      await fetch(`${vault.url}/keys/audit-signing-key/rotate?api-version=7.4`, {
        method: "POST",
        headers: { authorization: `Bearer ${await tokenOf("https://vault.azure.net", "operator")()}` },
      });
      expect(await ledger.makeCheckpoint(signer, publisher)).toEqual({ signed: 1, published: 1 });
      const last = await checkpointOf(ledger);
      expect(last.signatures).toHaveLength(2);
      expect(JSON.parse((await publisher.get("000000000001.json")) ?? "")).toEqual(last);
      expect(await publisher.put("000000000001.json", "{}")).toBe(false);
      expect(await publisher.get("000000000009.json")).toBeUndefined();
      expect((await verifyExport(ledger, [key])).records).toBe(50);
      const foreign = keyVaultSigner({ url: vault.url, name: "another-key", token: vaultToken });
      expect(await caught(() => foreign.current())).toMatchObject({ name: "SigningError" });
      const refused = blobPublisher({
        url: `${storage.url}/checkpoints`,
        token: () => Promise.resolve("no token"),
      });
      expect(await caught(() => refused.put("000000000009.json", "{}"))).toMatchObject({
        name: "PublishingError",
      });
    } finally {
      await storage.close();
      await vault.close();
      await rm(directory, { recursive: true, force: true });
    }
  });
});

describe("proofs", () => {
  it("show that a record is in what a checkpoint has seen, across batches and epochs", async () => {
    const clock = fakeClock();
    const [ledger, signer, publisher] = [await openTestLedger(db, { clock }), testSigner(), testPublisher()];
    const records = Array.from({ length: 90 }, () => recordOf(newAccess(), "outcome"));
    for (let from = 0; from < 90; from += 30) {
      await ledger.append(records.slice(from, from + 30));
      clock.advance(20 * 24 * 3_600_000);
    }
    expect(await ledger.prove(records[0]?.id ?? "")).toBe("pending");
    await ledger.makeCheckpoint(signer, publisher);
    for (const { id } of records) {
      const proof = await ledger.prove(id);
      if (typeof proof === "string") throw new Error(proof);
      const head = proof.checkpoint.streams.find(({ stream }) => stream === proof.stream);
      if (!head) throw new Error("the checkpoint does not know the stream");
      expect(JSON.parse(proof.entry)).toMatchObject({ id });
      expect(leafHash(proof.entry)).toBe(proof.leaf);
      expect(verifyInclusion(proof.leaf, proof.index, head.size, proof.path, head.root)).toBe(true);
    }
    await append(ledger, 1);
    expect(await ledger.prove(`${newAccess()}:intent`)).toBe("unknown");
    const added = recordOf(newAccess());
    await ledger.append([added]);
    expect(await ledger.prove(added.id)).toBe("pending");
  });

  it("show that the ledger of each checkpoint is the beginning of each later one's", async () => {
    const [ledger, signer, publisher] = [await openTestLedger(db), testSigner(), testPublisher()];
    for (const count of [0, 5, 40, 0, 100, 3]) {
      await append(ledger, count);
      await ledger.makeCheckpoint(signer, publisher);
    }
    for (let from = 0; from < 6; from += 1)
      for (let to = from; to < 6; to += 1) {
        const proof = await ledger.consistency(from, to);
        if (!proof) throw new Error("there is no proof");
        const known = proof.from.streams.filter(({ size }) => size > 0);
        expect(proof.streams.map(({ stream }) => stream)).toEqual(known.map(({ stream }) => stream));
        for (const [index, head] of known.entries()) {
          const later = proof.to.streams.find(({ stream }) => stream === head.stream);
          if (!later) throw new Error("the stream is gone");
          expect(verifyConsistency(head, later, proof.streams[index]?.path ?? [])).toBe(true);
        }
      }
    expect(await ledger.consistency(3, 2)).toBeUndefined();
    expect(await ledger.consistency(0, 99)).toBeUndefined();
  });

  it("are not made of what was changed", async () => {
    const [ledger, signer, publisher] = [await openTestLedger(db), testSigner(), testPublisher()];
    const record = recordOf(newAccess());
    await ledger.append([record]);
    await append(ledger, 200);
    await ledger.makeCheckpoint(signer, publisher);
    const forged = JSON.stringify({ ...record, action: "D" });
    await db.collection("batches").updateOne({ ids: record.id }, { $set: { "entries.0": forged } });
    expect(await caught(() => ledger.prove(record.id))).toMatchObject({ name: "LedgerDamagedError" });
    expect(await caught(() => verifyExport(ledger, signer.keys))).toMatchObject({
      fault: { kind: "content" },
    });
  });
});
