import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { genesisHash, nextBatch, type StreamState } from "./batch.ts";
import { canonicalText } from "./canonical.ts";
import { checkpointHash, keyIdOf, signedBytes } from "./checkpoint.ts";
import type { Checkpoint, CheckpointBody, PublicKey, StreamHead } from "./checkpoint.ts";
import { parseExportLine, type ExportLine } from "./export-line.ts";
import { EMPTY_FRONTIER } from "./frontier.ts";
import {
  LedgerFaultError,
  LedgerVerifier,
  type LedgerFault,
  type VerifiedLedger,
} from "./ledger-verifier.ts";

const LEDGER = "0198c0de-0000-7000-8000-000000000042";

interface SigningKey {
  readonly secret: KeyObject;
  readonly key: PublicKey;
}

function newKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  return { secret: privateKey, key: { kty: "EC", crv: "P-256", x, y } };
}

function signatureOf(body: CheckpointBody, { secret, key }: SigningKey) {
  const value = sign("sha256", signedBytes(body), { key: secret, dsaEncoding: "ieee-p1363" }).toString(
    "base64url",
  );
  return { keyId: keyIdOf(key), value };
}

/** A ledger as an honest register would have written it. */
class HonestLedger {
  readonly #states = new Map<string, StreamState>();
  readonly #heads = new Map<string, StreamHead>();
  #previous: Checkpoint | undefined;
  readonly lines: ExportLine[] = [{ type: "ledger", form: 1, ledger: LEDGER }];
  signer: SigningKey;

  constructor(signer: SigningKey) {
    this.signer = signer;
  }

  append(stream: string, entries: readonly string[], next?: string): void {
    const genesis = {
      stream,
      epoch: "202611",
      seq: 0,
      hash: genesisHash(LEDGER, stream),
      frontier: EMPTY_FRONTIER,
    };
    const { batch, state } = nextBatch(this.#states.get(stream) ?? genesis, entries, next);
    this.#states.set(stream, state);
    const { epoch, seq, size, root } = batch;
    this.#heads.set(stream, { stream, epoch, seq, size, root, hash: state.hash });
    this.lines.push({ type: "batch", ...batch });
  }

  /** @param endorser the key before, when the key changes */
  checkpoint(endorser?: SigningKey): Checkpoint {
    const sequence = this.#previous ? this.#previous.sequence + 1 : 0;
    const streams = [...this.#heads.values()].sort((a, b) => (a.stream < b.stream ? -1 : 1));
    const previous = this.#previous ? checkpointHash(this.#previous) : null;
    const time = new Date(1_800_000_000_000 + sequence * 10_000).toISOString();
    const body: CheckpointBody = {
      form: 1,
      ledger: LEDGER,
      sequence,
      time,
      key: this.signer.key,
      previous,
      streams,
    };
    const signers = endorser ? [endorser, this.signer] : [this.signer];
    this.#previous = { ...body, signatures: signers.map((one) => signatureOf(body, one)) };
    return this.#previous;
  }

  end(): ExportLine[] {
    return [...this.lines, { type: "checkpoint", ...this.checkpoint() }];
  }
}

const entry = (number: number): string => canonicalText({ id: `access-${number}:intent`, action: "R" });

function twoStreams(signer: SigningKey, batches = 6): HonestLedger {
  const ledger = new HonestLedger(signer);
  for (let count = 0; count < batches; count += 1) {
    ledger.append("s00", [entry(count), entry(count + 100)], count === 2 ? "202612" : undefined);
    ledger.append("s01", [entry(count + 200)]);
  }
  return ledger;
}

function verify(
  lines: readonly ExportLine[],
  keys: readonly PublicKey[],
  saved: readonly Checkpoint[] = [],
): VerifiedLedger {
  const verifier = new LedgerVerifier({ keys, saved });
  for (const line of lines) verifier.accept(parseExportLine(JSON.stringify(line)));
  return verifier.finish();
}

function faultOf(
  lines: readonly ExportLine[],
  keys: readonly PublicKey[],
  saved: readonly Checkpoint[] = [],
): LedgerFault {
  try {
    verify(lines, keys, saved);
  } catch (error) {
    if (error instanceof LedgerFaultError) return error.fault;
    throw error;
  }
  throw new Error("the verifier found nothing");
}

describe("LedgerVerifier", () => {
  const signer = newKey();

  it("is content with what an honest register wrote, however it grew", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(5)), { maxLength: 20 }), fc.nat(19), (parts, at) => {
        const ledger = new HonestLedger(signer);
        const saved: Checkpoint[] = [];
        for (const [index, [stream, size]] of parts.entries()) {
          ledger.append(
            `s0${stream}`,
            Array.from({ length: size }, (_, one) => entry(index * 10 + one)),
          );
          if (index === at) saved.push(ledger.checkpoint());
        }
        const { records, batches } = verify(ledger.end(), [signer.key], saved);
        expect(batches).toBe(parts.length);
        expect(records).toBe(parts.reduce((sum, [, size]) => sum + size, 0));
      }),
    );
  });

  it("names the first batch whose entries were edited", () => {
    const lines = twoStreams(signer).end();
    const edited = lines.map((line) =>
      line.type === "batch" && line.stream === "s00" && line.seq === 3
        ? { ...line, entries: line.entries.map((text) => text.replace('"R"', '"U"')) }
        : line,
    );
    expect(faultOf(edited, [signer.key])).toMatchObject({ kind: "content", stream: "s00", seq: 3 });
  });

  it("names the first batch that is missing, swapped or there twice", () => {
    const lines = twoStreams(signer).end();
    const position = lines.findIndex(
      (line) => line.type === "batch" && line.stream === "s01" && line.seq === 2,
    );
    const [batch] = lines.slice(position);
    if (!batch) throw new Error("unreachable");
    expect(faultOf(lines.toSpliced(position, 1), [signer.key])).toMatchObject({
      kind: "chain",
      stream: "s01",
      seq: 2,
    });
    expect(faultOf(lines.toSpliced(position, 0, batch), [signer.key])).toMatchObject({
      kind: "chain",
      stream: "s01",
      seq: 2,
    });
    const swapped = lines.toSpliced(position, 1).toSpliced(position + 2, 0, batch);
    expect(faultOf(swapped, [signer.key])).toMatchObject({ kind: "chain", stream: "s01", seq: 2 });
  });

  it("finds that the end was cut off", () => {
    const lines = twoStreams(signer).end();
    expect(faultOf(lines.slice(0, -1), [signer.key]).kind).toBe("truncated");
    const shorter = lines.toSpliced(-2, 1);
    expect(faultOf(shorter, [signer.key])).toMatchObject({ kind: "truncated", stream: "s01", seq: 5 });
  });

  it("finds by a saved checkpoint a history that was written anew and signed with the right key", () => {
    const honest = twoStreams(signer);
    const saved = honest.checkpoint();
    const forged = new HonestLedger(signer);
    for (let count = 0; count < 6; count += 1) {
      forged.append(
        "s00",
        [entry(count === 1 ? 999 : count), entry(count + 100)],
        count === 2 ? "202612" : undefined,
      );
      forged.append("s01", [entry(count + 200)]);
    }
    forged.checkpoint();
    expect(verify(forged.end(), [signer.key]).records).toBe(18);
    expect(faultOf(forged.end(), [signer.key], [saved])).toMatchObject({
      kind: "history",
      stream: "s00",
      seq: 5,
    });
  });

  it("finds by a saved checkpoint that the ledger was rolled back, or replaced by another", () => {
    const ledger = twoStreams(signer);
    const early = ledger.end();
    ledger.append("s00", [entry(7)]);
    const saved = ledger.checkpoint();
    expect(faultOf(early, [signer.key], [saved])).toMatchObject({ kind: "truncated" });
    const other = { ...saved, ledger: "another" };
    expect(faultOf(early, [signer.key], [other]).kind).toBe("history");
  });

  it("trusts no key that it was not given, and follows a change of key that the old key endorses", () => {
    const [next, thief] = [newKey(), newKey()];
    const ledger = twoStreams(signer);
    expect(faultOf(ledger.end(), [thief.key]).kind).toBe("key");
    ledger.signer = next;
    const rotation: ExportLine = { type: "checkpoint", ...ledger.checkpoint(signer) };
    const [first, ...rest] = ledger.end();
    if (!first) throw new Error("unreachable");
    expect(verify([first, rotation, ...rest], [signer.key]).records).toBe(18);
    expect(faultOf([first, ...rest], [signer.key]).kind).toBe("key");
    ledger.signer = thief;
    expect(faultOf(ledger.end(), [signer.key, next.key]).kind).toBe("key");
  });

  it("finds a signature that does not fit", () => {
    const lines = twoStreams(signer).end();
    const forged = lines.map((line) =>
      line.type === "checkpoint" ? { ...line, time: "2030-01-01T00:00:00.000Z" } : line,
    );
    expect(faultOf(forged, [signer.key]).kind).toBe("key");
  });

  it("names the batch whose epoch was changed, though only the one after it tells", () => {
    const lines = twoStreams(signer).end();
    const changed = (seq: number, change: object) =>
      lines.map((line) =>
        line.type === "batch" && line.stream === "s00" && line.seq === seq ? { ...line, ...change } : line,
      );
    expect(faultOf(changed(2, { next: "202701" }), [signer.key])).toMatchObject({ kind: "chain", seq: 2 });
    expect(faultOf(changed(1, { next: "202612" }), [signer.key])).toMatchObject({ kind: "chain", seq: 1 });
    expect(faultOf(changed(0, { epoch: "202610" }), [signer.key])).toMatchObject({ kind: "chain", seq: 0 });
    expect(faultOf(changed(4, { epoch: "202611" }), [signer.key])).toMatchObject({ kind: "chain", seq: 4 });
    expect(faultOf(changed(2, { next: "202610" }), [signer.key])).toMatchObject({ kind: "form", seq: 2 });
  });

  it("names the stream that a batch continues, not the one that it is labelled with", () => {
    const lines = twoStreams(signer).end();
    const labelled = (seq: number) =>
      lines.map((line) =>
        line.type === "batch" && line.stream === "s01" && line.seq === seq
          ? { ...line, stream: "s00" }
          : line,
      );
    for (const seq of [0, 3])
      expect(faultOf(labelled(seq), [signer.key])).toMatchObject({ kind: "chain", stream: "s01", seq });
  });

  it("says from where on nobody vouches for a stream that was written anew", () => {
    const write = (forged: boolean) => {
      const ledger = new HonestLedger(signer);
      const saved: Checkpoint[] = [];
      for (let count = 0; count < 6; count += 1) {
        ledger.append("s00", [entry(forged && count === 3 ? 99 : count)]);
        if (count % 2 === 1) saved.push(ledger.checkpoint());
      }
      return { saved, lines: ledger.end() };
    };
    const { saved } = write(false);
    const fault = faultOf(write(true).lines, [signer.key], saved);
    expect(fault).toMatchObject({ kind: "history", stream: "s00", since: 2, seq: 3 });
  });

  it("finds a head that the right key has signed and that no batch has", () => {
    const lines = twoStreams(signer).end();
    const last = lines.at(-1);
    if (last?.type !== "checkpoint") throw new Error("unreachable");
    const { type, signatures: _, ...body } = last;
    const resigned = (streams: readonly StreamHead[]): ExportLine[] => {
      const changed = { ...body, streams };
      return lines.with(-1, { type, ...changed, signatures: [signatureOf(changed, signer)] });
    };
    const [first, second] = body.streams;
    if (!first || !second) throw new Error("unreachable");
    expect(verify(resigned(body.streams), [signer.key]).streams).toBe(2);
    for (const streams of [
      [{ ...first, epoch: "202701" }, second],
      [first, second, second],
      [second, first],
      [second],
    ])
      expect(faultOf(resigned(streams), [signer.key]).kind).toBe("checkpoint");
  });

  it("takes a signature in one notation, and none that nobody asked for", () => {
    const lines = twoStreams(signer).end();
    const last = lines.at(-1);
    if (last?.type !== "checkpoint") throw new Error("unreachable");
    const [own] = last.signatures;
    if (!own) throw new Error("unreachable");
    const thief = newKey();
    const spare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const same = spare.charAt(spare.indexOf(own.value.slice(-1)) + 1);
    for (const signatures of [
      [{ ...own, value: `${own.value}!` }],
      [{ ...own, value: own.value.slice(0, -1) + same }],
      [own, own],
      [own, signatureOf(last, thief), signatureOf(last, signer)],
      [],
    ])
      expect(faultOf(lines.with(-1, { ...last, signatures }), [signer.key]).kind).toBe("key");
    const broken = { ...last, key: { ...last.key, y: last.key.x } };
    const signatures = [{ ...own, keyId: keyIdOf(broken.key) }];
    expect(faultOf(lines.with(-1, { ...broken, signatures }), [signer.key]).kind).toBe("key");
  });

  it("takes the newest key as well as the first, and misses no change of the key that was saved", () => {
    const next = newKey();
    const ledger = twoStreams(signer);
    const early = ledger.checkpoint();
    ledger.signer = next;
    const rotation = ledger.checkpoint(signer);
    const later = ledger.checkpoint();
    const [first, ...rest] = ledger.end();
    if (!first) throw new Error("unreachable");
    const line: ExportLine = { type: "checkpoint", ...rotation };
    for (const keys of [[signer.key], [next.key], [signer.key, next.key]])
      expect(verify([first, line, ...rest], keys, [early, rotation, later]).records).toBe(18);
    expect(faultOf([first, ...rest], [next.key], [rotation])).toMatchObject({ kind: "checkpoint" });
    const idle: ExportLine = { type: "checkpoint", ...later };
    expect(faultOf([first, line, idle, ...rest], [next.key])).toMatchObject({ kind: "checkpoint" });
    const stranger = newKey();
    const endorsed = {
      ...rotation,
      signatures: [signatureOf(rotation, stranger), signatureOf(rotation, next)],
    };
    expect(faultOf([first, { ...line, ...endorsed }, ...rest], [signer.key]).kind).toBe("key");
  });

  it("finds that a checkpoint does not follow the one that was saved", () => {
    const ledger = twoStreams(signer);
    const saved = ledger.checkpoint();
    expect(verify(ledger.end(), [signer.key], [saved]).records).toBe(18);
    const other = { ...saved, time: "2030-01-01T00:00:00.000Z" };
    const forged = { ...other, signatures: [signatureOf(other, signer)] };
    expect(
      faultOf(
        ledger
          .end()
          .slice(0, -1)
          .concat({ type: "checkpoint", ...saved }),
        [signer.key],
        [forged],
      ).kind,
    ).toBe("history");
    const after = twoStreams(signer);
    after.checkpoint();
    expect(faultOf(after.end(), [signer.key], [forged]).kind).toBe("history");
  });

  it("trusts the first key only when it was told to", () => {
    const lines = twoStreams(signer).end();
    expect(faultOf(lines, []).kind).toBe("key");
    const verifier = new LedgerVerifier({ keys: [], saved: [], trustsFirstKey: true });
    for (const line of lines) verifier.accept(line);
    expect(verifier.finish().records).toBe(18);
  });

  it("does not take half a character for the sign that stands in for it", () => {
    const ledger = new HonestLedger(signer);
    ledger.append("s00", ['{"name":"\ufffd"}']);
    const changed = ledger
      .end()
      .map((line) => (line.type === "batch" ? { ...line, entries: ['{"name":"\ud800"}'] } : line));
    expect(faultOf(changed, [signer.key])).toMatchObject({ kind: "form", stream: "s00", seq: 0 });
  });

  it("names where a line stands that cannot be read", () => {
    const lines = twoStreams(signer)
      .end()
      .map((line) => JSON.stringify(line));
    const at = lines.findIndex((line) => line.includes('"stream":"s01"') && line.includes('"seq":2'));
    for (const change of [
      (line: string) => line.slice(0, -2),
      (line: string) => line.replace('"type":"batch"', '"type":"patch"'),
      (line: string) => line.replace('"seq":2', '"seq":2,"seq":2'),
      (line: string) => line.replace('"seq":2', '"seq":2e400'),
      (line: string) => `${line} `,
    ]) {
      const verifier = new LedgerVerifier({ keys: [signer.key], saved: [] });
      const accept = () =>
        lines.with(at, change(lines[at] ?? "")).forEach((line) => verifier.acceptText(line));
      expect(accept).toThrow(
        expect.objectContaining({ fault: expect.objectContaining({ kind: "form", stream: "s01", seq: 2 }) }),
      );
    }
  });

  it("refuses lines that no export has", () => {
    for (const text of [
      "",
      "[]",
      "{}",
      '{"type":"batch"}',
      '{"type":"ledger","form":1,"ledger":"x","more":1}',
    ]) {
      expect(() => parseExportLine(text)).toThrow(SyntaxError);
    }
    expect(faultOf(twoStreams(signer).end().slice(1), [signer.key]).kind).toBe("form");
  });
});
