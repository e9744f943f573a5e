import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { genesisHash, nextBatch } from "../../../runtime/ledger/batch.ts";
import { canonicalText } from "../../../runtime/ledger/canonical.ts";
import {
  checkpointHash,
  keyIdOf,
  signedBytes,
  type Checkpoint,
  type PublicKey,
  type StreamHead,
} from "../../../runtime/ledger/checkpoint.ts";
import { EMPTY_FRONTIER } from "../../../runtime/ledger/frontier.ts";

/** A small export of two streams for tests, as a register writes it. */
export interface ExportFixture {
  readonly lines: readonly string[];
  /** All checkpoints of its past, the first first: one after each round. */
  readonly checkpoints: readonly Checkpoint[];
  readonly key: PublicKey;
}

const LEDGER = "0198c0de-0000-7000-8000-000000000042";

/** @param action of every record: another one is another history, signed with the same key */
export function exportFixture(action = "R", { key, secret }: SigningKey = SIGNING_KEY): ExportFixture {
  const batches = new Map<string, string[]>();
  const checkpoints: Checkpoint[] = [];
  const states = new Map(
    ["s00", "s01"].map((stream) => [
      stream,
      { stream, epoch: "202611", seq: 0, hash: genesisHash(LEDGER, stream), frontier: EMPTY_FRONTIER },
    ]),
  );
  for (let round = 0; round < 4; round += 1) {
    const streams: StreamHead[] = [];
    for (const [stream, before] of states) {
      const entries = [0, 1].map((one) => canonicalText({ id: `${stream}-${round}-${one}:intent`, action }));
      const { batch, state } = nextBatch(before, entries);
      states.set(stream, state);
      const { epoch, seq, size, root } = batch;
      streams.push({ stream, epoch, seq, size, root, hash: state.hash });
      batches.set(stream, [...(batches.get(stream) ?? []), JSON.stringify({ type: "batch", ...batch })]);
    }
    const last = checkpoints.at(-1);
    const body = {
      ...({
        form: 1,
        ledger: LEDGER,
        sequence: round,
        time: `2026-11-20T08:30:0${round}.000Z`,
        key,
      } as const),
      ...{ previous: last ? checkpointHash(last) : null, streams },
    };
    const value = sign("sha256", signedBytes(body), { key: secret, dsaEncoding: "ieee-p1363" });
    checkpoints.push({ ...body, signatures: [{ keyId: keyIdOf(key), value: value.toString("base64url") }] });
  }
  const lines = [
    JSON.stringify({ type: "ledger", form: 1, ledger: LEDGER }),
    ...[...batches.values()].flat(),
    JSON.stringify({ type: "checkpoint", ...checkpoints.at(-1) }),
  ];
  return { lines, checkpoints, key };
}

export interface SigningKey {
  readonly key: PublicKey;
  readonly secret: KeyObject;
}

export function newSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  return { key: { kty: "EC", crv: "P-256", x, y }, secret: privateKey };
}

const SIGNING_KEY = newSigningKey();
