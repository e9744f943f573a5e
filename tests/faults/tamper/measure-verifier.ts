/**
 * How many records a second are verified: `node tests/faults/tamper/measure-verifier.ts [records] [bytes a record]`. One core, an
 * export in memory, records of about 1 KiB; beside it, in the same run, what SHA-256 alone takes for the same bytes, so that
 * the ratio can be compared between machines that are busy otherwise.
 */
import { verifyExport } from "../../../handlers/audit/verifier/verify-export.ts";
import { genesisHash, nextBatch, type StreamState } from "../../../runtime/ledger/batch.ts";
import { canonicalText } from "../../../runtime/ledger/canonical.ts";
import { checkpointHash, keyIdOf, type CheckpointBody } from "../../../runtime/ledger/checkpoint.ts";
import { EMPTY_FRONTIER } from "../../../runtime/ledger/frontier.ts";
import { sha256 } from "../../../runtime/ledger/hash.ts";
import { LedgerVerifier } from "../../../runtime/ledger/ledger-verifier.ts";
import { newAccess, recordOf, testSigner } from "../../integration/ledger/ledger-fixture.ts";

const [records = 200_000, bytes = 1_024] = process.argv.slice(2).map(Number);
const BATCH = 128;
const ROUNDS = 3;
const ledger = "0198c0de-0000-7000-8000-000000000042";
const signer = testSigner();

const { chunks, key } = await makeExport();
const size = chunks.reduce((sum, { length }) => sum + length, 0);
process.stdout.write(`${records} records, ${Math.round(size / records)} bytes each in the export\n`);
const [verified, hashed] = [await best(verify), await best(hashAlone)];
process.stdout.write(
  `verified ${perSecond(verified)} records/s; SHA-256 alone ${perSecond(hashed)} records/s of the same bytes, ` +
    `${(verified / hashed).toFixed(1)} times faster\n`,
);
process.exitCode = records / verified >= 100_000 ? 0 : 1;

async function verify(): Promise<void> {
  const verifier = new LedgerVerifier({ keys: [key], saved: [] });
  const source = { name: "memory", chunks: stream() };
  const verdict = await verifyExport({ source, verifier });
  if (verdict.kind !== "verified") throw new Error(verdict.fault.message);
}

async function hashAlone(): Promise<void> {
  for await (const chunk of stream()) sha256(chunk);
}

async function* stream(): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

/** The seconds of the fastest of a few rounds: what others do on the machine only ever adds. */
async function best(run: () => Promise<void>): Promise<number> {
  let fastest = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await run();
    fastest = Math.min(fastest, (performance.now() - start) / 1_000);
  }
  return fastest;
}

function perSecond(seconds: number): string {
  return Math.round(records / seconds).toLocaleString("en");
}

async function makeExport() {
  const lines = [JSON.stringify({ type: "ledger", form: 1, ledger })];
  let state: StreamState = {
    ...{ stream: "s00", epoch: "202611", seq: 0, hash: genesisHash(ledger, "s00"), frontier: EMPTY_FRONTIER },
  };
  const streams = [];
  for (let left = records; left > 0; left -= BATCH) {
    const made = nextBatch(state, Array.from({ length: Math.min(BATCH, left) }, entry));
    state = made.state;
    const { entries: _, firstIndex: __, previous: ___, ...head } = made.batch;
    streams[0] = { ...head, hash: state.hash };
    lines.push(JSON.stringify({ type: "batch", ...made.batch }));
  }
  const { key } = await signer.current();
  const time = "2026-11-20T08:30:00.000Z";
  const body: CheckpointBody = { form: 1, ledger, sequence: 0, time, key, previous: null, streams };
  const value = await signer.sign("0", Buffer.from(checkpointHash(body), "hex"));
  lines.push(JSON.stringify({ type: "checkpoint", ...body, signatures: [{ keyId: keyIdOf(key), value }] }));
  const text = Buffer.from(`${lines.join("\n")}\n`);
  const chunks = Array.from({ length: Math.ceil(text.length / 65_536) }, (_, at) =>
    text.subarray(at * 65_536, (at + 1) * 65_536),
  );
  return { chunks, key };
}

/** A record as the register stores it, filled up with what a long search finds. */
function entry(): string {
  const plain = recordOf(newAccess(), "outcome");
  const found = { type: "patient", id: newAccess(), version: 1 };
  const missing = Math.max(0, bytes - canonicalText(plain).length);
  const resources = Array.from({ length: Math.round(missing / canonicalText(found).length) }, () => found);
  return canonicalText({ ...plain, outcome: { code: 0, status: 200, resources } });
}
