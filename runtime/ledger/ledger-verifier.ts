import { batchHash, genesisHash, type Batch, type BatchHeader, type StreamState } from "./batch.ts";
import type { Checkpoint, PublicKey, StreamHead } from "./checkpoint.ts";
import { parseExportLine, type ExportLine } from "./export-line.ts";
import { appendLeaves, EMPTY_FRONTIER, rootOf } from "./frontier.ts";
import { leafHash } from "./hash.ts";
import { fail } from "./ledger-verifier-fault.ts";
import {
  faultOfCheckpoints,
  faultOfExported,
  knownCheckpoint,
  type KnownCheckpoint,
} from "./ledger-verifier-known.ts";
import { flawOf } from "./ledger-verifier-form.ts";
import { isChangedBefore, labelsOf, STREAM_NAMES, type Labels } from "./ledger-verifier-place.ts";
import { SavedCheckpoints } from "./ledger-verifier-saved.ts";

export { LedgerFaultError, type LedgerFault } from "./ledger-verifier-fault.ts";

export interface VerifierOptions {
  /** The keys that are trusted, got from elsewhere than the ledger. */
  readonly keys: readonly PublicKey[];
  /** Checkpoints that were saved before, or published in a second place; their signatures are checked too. */
  readonly saved: Iterable<Checkpoint>;
  /**
   * Trusts the key of the first checkpoint when `keys` is empty: what is verified then is that the ledger agrees with itself,
   * not whose it is. Default: false
   */
  readonly trustsFirstKey?: boolean;
}

/** What was verified. */
export interface VerifiedLedger {
  readonly ledger: string;
  readonly records: number;
  readonly batches: number;
  readonly streams: number;
  /** The checkpoint that the export ends at: to be saved for the next time. */
  readonly checkpoint: Checkpoint;
}

interface Progress {
  readonly state: StreamState;
  /** Of the last batch. */
  readonly header: BatchHeader;
  /** The first batch that no saved checkpoint vouches for. */
  readonly since: number;
}

/**
 * Verifies an export line by line: every entry is hashed again, every batch must continue its stream, every saved checkpoint
 * must be a moment of this ledger's past, and the last line must be a signed checkpoint of exactly what was read. It
 * trusts the keys that it was given, and what they endorse, and nothing else. What it remembers does not grow with the
 * export. Checkpoints are judged at the end, so that a batch that was changed is named first.
 */
export class LedgerVerifier {
  readonly #saved: SavedCheckpoints;
  readonly #keys: readonly PublicKey[] | null;
  readonly #streams = new Map<string, Progress>();
  readonly #known: KnownCheckpoint[] = [];
  #ledger: string | undefined;
  #last: Checkpoint | undefined;
  #stream: string | undefined;
  #isEnded = false;
  #records = 0;
  #batches = 0;

  /** @throws {Error} when a saved checkpoint has no canonical form */
  constructor({ keys, saved, trustsFirstKey = false }: VerifierOptions) {
    this.#keys = trustsFirstKey && keys.length === 0 ? null : keys;
    this.#saved = new SavedCheckpoints(saved);
  }

  /** How many records have been verified so far. */
  get records(): number {
    return this.#records;
  }

  /**
   * Takes a line as it was read: it must be written as the register writes it, so that nothing is in it that is not judged.
   * @throws {LedgerFaultError} when the line is wrong where it stands
   */
  acceptText(text: string): void {
    this.accept(this.#parse(text));
  }

  /**
   * Refuses a line that cannot even be read as a text, and says where it stands.
   * @param text as much of it as can be read
   * @throws {LedgerFaultError} always
   */
  refuse(text: string, message: string): never {
    return fail({ kind: "form", ...this.#placeOf(labelsOf(text)), message });
  }

  /** @throws {LedgerFaultError} when the line is wrong where it stands */
  accept(line: ExportLine): void {
    if (line.type === "ledger") this.#begin(line.ledger);
    else if (this.#ledger === undefined)
      fail({ kind: "form", message: "the export does not begin with its ledger" });
    else if (line.type === "batch") this.#append(line);
    else {
      const { type: _, ...checkpoint } = line;
      this.#acceptCheckpoint(checkpoint);
    }
  }

  /** @throws {LedgerFaultError} when the export is cut off, or does not hold what was promised before */
  finish(): VerifiedLedger {
    const checkpoint = this.#last;
    const ledger = this.#ledger;
    if (ledger === undefined) return fail({ kind: "truncated", message: "the export is empty" });
    this.#matchSaved();
    if (!checkpoint || !this.#isEnded)
      return fail({ kind: "truncated", message: "the export ends without its checkpoint" });
    this.#matchLatest(checkpoint);
    const saved = this.#saved.known;
    const fault =
      faultOfExported(this.#known, saved) ?? faultOfCheckpoints([...saved, ...this.#known], this.#keys);
    if (fault) fail(fault);
    this.#matchHeads(checkpoint);
    const streams = this.#streams.size;
    return { ledger, records: this.#records, batches: this.#batches, streams, checkpoint };
  }

  #parse(text: string): ExportLine {
    try {
      const line = parseExportLine(text);
      // A member that is there twice, white space, or another notation of a number: one reader sees what another does not.
      if (JSON.stringify(line) === text) return line;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      // The parser's message quotes the line.
      return this.refuse(text, "it is no ledger, batch or checkpoint");
    }
    return this.refuse(text, "the line is not written as the register writes it");
  }

  #begin(ledger: string): void {
    if (this.#ledger !== undefined) fail({ kind: "form", message: "a second beginning" });
    if (!ledger.isWellFormed()) fail({ kind: "form", message: "the ledger's id is not well-formed Unicode" });
    const other = this.#saved.known.find((one) => one.ledger !== ledger);
    if (other) {
      const message = `a saved checkpoint is of the ledger ${other.ledger}, the export is of ${ledger}`;
      fail({ kind: "history", message });
    }
    this.#ledger = ledger;
  }

  #append(batch: Batch): void {
    const { stream, seq, epoch, next, entries } = batch;
    const before = this.#streams.get(stream);
    const state = before?.state ?? this.#genesis(stream, epoch);
    const flaw = flawOf(batch);
    if (flaw !== undefined) fail({ kind: "form", ...this.#placeOf(batch), message: flaw });
    if (seq !== state.seq)
      fail({
        kind: "chain",
        ...this.#placeOf(batch),
        message: `batch ${state.seq} is expected, ${seq} is there`,
      });
    if (batch.previous !== state.hash || epoch !== state.epoch || batch.firstIndex !== state.frontier.size)
      this.#failChain(batch, before);
    const { frontier } = appendLeaves(state.frontier, entries.map(leafHash));
    if (batch.size !== frontier.size || batch.root !== rootOf(frontier)) {
      const message = "its entries are not those that its root was made of";
      fail({ kind: "content", ...this.#placeOf(batch), message });
    }
    const after = { stream, epoch: next ?? epoch, seq: seq + 1, hash: batchHash(batch), frontier };
    const isVouchedFor = this.#compareWithSaved(batch, after);
    const since = isVouchedFor ? after.seq : (before?.since ?? 0);
    this.#streams.set(stream, { state: after, header: headerOf(batch), since });
    this.#stream = stream;
    this.#isEnded = false;
    this.#records += entries.length;
    this.#batches += 1;
  }

  #genesis(stream: string, epoch: string): StreamState {
    const hash = STREAM_NAMES.has(stream) ? genesisHash(this.#ledger ?? "", stream) : "";
    return { stream, epoch, seq: 0, hash, frontier: EMPTY_FRONTIER };
  }

  #failChain(batch: Batch, before: Progress | undefined): never {
    if (before && batch.previous !== before.state.hash && isChangedBefore(before.header, batch)) {
      const message = `batch ${batch.seq} has seen it with another epoch`;
      return fail({ kind: "chain", ...at(batch.stream, before.header.seq, before), message });
    }
    const place = this.#placeOf(batch);
    const isLabelled =
      place.stream !== batch.stream && `it is labelled ${batch.stream}, and continues this stream`;
    return fail({ kind: "chain", ...place, message: isLabelled || "it does not continue the batch before" });
  }

  /** Where a batch stands that may lie about that: what it continues tells more than what it calls itself. */
  #placeOf(labels: Labels | undefined): { stream?: string; seq?: number; since?: number } {
    if (!labels) return {};
    const { stream, seq, previous } = labels;
    const continued = previous === undefined ? undefined : this.#continuedBy(previous);
    const named = stream !== undefined && STREAM_NAMES.has(stream) ? stream : undefined;
    const found = continued ?? named ?? this.#stream;
    if (found === undefined) return {};
    const progress = this.#streams.get(found);
    const expected = progress?.state.seq ?? 0;
    return at(found, found === named && seq !== undefined ? Math.min(seq, expected) : expected, progress);
  }

  /** The stream whose next batch names this hash. */
  #continuedBy(previous: string): string | undefined {
    for (const [stream, { state }] of this.#streams) if (state.hash === previous) return stream;
    const ledger = this.#ledger ?? "";
    return [...STREAM_NAMES].find((one) => !this.#streams.has(one) && genesisHash(ledger, one) === previous);
  }

  /** As soon as a stream is where a saved checkpoint saw it: that tells which batches were made anew. */
  #compareWithSaved({ stream, seq, epoch, size, root }: Batch, { hash }: StreamState): boolean {
    const seen = this.#saved.compare(stream, seq, () => ({ stream, epoch, seq, size, root, hash }));
    if (typeof seen !== "number") return seen === true;
    const message = `it is not what checkpoint ${seen} has seen: the stream was written anew at or before it`;
    return fail({ kind: "history", ...at(stream, seq, this.#streams.get(stream)), message });
  }

  #acceptCheckpoint(checkpoint: Checkpoint): void {
    const { sequence, ledger, streams } = checkpoint;
    if (ledger !== this.#ledger)
      fail({ kind: "checkpoint", message: `checkpoint ${sequence} is of another ledger` });
    if (this.#last && sequence <= this.#last.sequence)
      fail({ kind: "checkpoint", message: `checkpoint ${sequence} is out of order` });
    if (!streams.every(({ stream }, index) => index === 0 || stream > (streams[index - 1]?.stream ?? "")))
      fail({ kind: "checkpoint", message: `the streams of checkpoint ${sequence} are out of order` });
    this.#known.push(knownForm(checkpoint));
    this.#last = checkpoint;
    this.#isEnded = true;
  }

  #matchSaved(): void {
    for (const [stream, { seq, sequence }] of this.#saved.furthest) {
      const progress = this.#streams.get(stream);
      const expected = progress?.state.seq ?? 0;
      const message = `checkpoint ${sequence} has seen the stream up to batch ${seq}`;
      if (expected <= seq) fail({ kind: "truncated", ...at(stream, expected, progress), message });
    }
  }

  #matchLatest({ sequence }: Checkpoint): void {
    const latest = this.#saved.known.reduce((most, one) => Math.max(most, one.sequence), -1);
    const message = `the export ends at checkpoint ${sequence}, before checkpoint ${latest} that was saved or published: take a new export if this one is older`;
    if (latest > sequence) fail({ kind: "truncated", message });
  }

  #matchHeads({ sequence, streams }: Checkpoint): void {
    const heads = new Set(streams.map(({ stream }) => stream));
    for (const [stream, progress] of this.#streams) {
      const message = `checkpoint ${sequence} has no such stream`;
      if (!heads.has(stream)) fail({ kind: "checkpoint", ...at(stream, progress.since, progress), message });
    }
    for (const head of streams) this.#matchHead(head, sequence);
  }

  #matchHead({ stream, seq, epoch, hash, root, size }: StreamHead, sequence: number): void {
    const progress = this.#streams.get(stream);
    const expected = progress?.state.seq ?? 0;
    const message = `checkpoint ${sequence} has seen the stream up to batch ${seq}`;
    if (!progress || expected <= seq)
      return fail({ kind: "truncated", ...at(stream, expected, progress), message });
    if (expected > seq + 1) fail({ kind: "checkpoint", ...at(stream, seq + 1, progress), message });
    const { state, header } = progress;
    const isSame =
      state.hash === hash && header.root === root && header.size === size && header.epoch === epoch;
    const other = `checkpoint ${sequence} has seen another batch`;
    if (!isSame) fail({ kind: "checkpoint", ...at(stream, seq, progress), message: other });
  }
}

function at(stream: string, seq: number, progress: Progress | undefined) {
  return { stream, seq, since: Math.min(seq, progress?.since ?? 0) };
}

function headerOf({ entries: _, ...header }: Batch): BatchHeader {
  return header;
}

function knownForm(checkpoint: Checkpoint): KnownCheckpoint {
  try {
    return knownCheckpoint(checkpoint);
  } catch {
    return fail({ kind: "form", message: `checkpoint ${checkpoint.sequence} is not well-formed Unicode` });
  }
}
