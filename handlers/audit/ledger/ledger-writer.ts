import { setTimeout as wait } from "node:timers/promises";
import type { Collection } from "mongodb";
import { throttlingDelay } from "../../../runtime/database/throttling.ts";
import { failpoint } from "../../../runtime/failpoint.ts";
import { nextBatch } from "../../../runtime/ledger/batch.ts";
import { problem } from "../../../runtime/problem/problem.ts";
import { currentSpan, inSpan, outsideOfSpans } from "../../../runtime/telemetry/current-span.ts";
import type { Log } from "../../../runtime/telemetry/log.ts";
import { AppendCall, type Appended, type LedgerEntry, type Waiting } from "./append-call.ts";
import { findStored, type PlacedEntry } from "./find-stored.ts";
import { HeadCache } from "./head-cache.ts";
import { insertBatches, type Insertion } from "./insert-batches.ts";
import type { LedgerOrigin, StreamHints } from "./ledger-origin.ts";
import { sameRecord } from "./sealed-text.ts";
import { inCommonSpan } from "./in-common-span.ts";
import { batchId, shardOf, type StoredBatch } from "./stored-batch.ts";
import { earlierAfter, type StreamPosition } from "./stream-heads.ts";
import { takeTurn, type Turn } from "./take-turn.ts";

export interface LedgerWriterOptions {
  readonly batches: Collection<StoredBatch>;
  readonly origin: LedgerOrigin;
  readonly hints: StreamHints;
  /** The epoch of now, `202611`. */
  readonly epoch: () => string;
  readonly log: Log;
  /** Hears of every entry that is known to be stored, before its caller does. */
  readonly onPlaced: (entries: readonly PlacedEntry[]) => void;
  /** For how long an entry may be tried again while the database throttles, in milliseconds. Default: 1,500. */
  readonly deadlineMs?: number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly random?: () => number;
  /** Milliseconds on a clock that only goes forward. */
  readonly elapsed?: () => number;
}

const SCHEMA = 1;
/** Beyond this many waiting entries the writer refuses more: the caller has an outbox, this process only memory. */
const MAX_WAITING = 20_000;
/** Of processes that race for a stream, each round lets one through. */
const MAX_ROUNDS = 64;
/** Lost rounds after which a writer steps back for a moment. */
const PATIENT_ROUNDS = 3;

interface Draft {
  readonly waiting: readonly Waiting[];
  readonly document: StoredBatch;
  readonly after: StreamPosition;
}

/**
 * Appends entries to the ledger, each once, however often and by however many processes it is brought. There is one writer
 * in a process, and processes meet in the uniqueness of a batch's id: a batch is inserted at the place that follows
 * everything its writer has looked through, or not at all. Entries of all callers travel together, a round at a time.
 */
export class LedgerWriter {
  readonly #options: LedgerWriterOptions;
  readonly #heads: HeadCache;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  readonly #random: () => number;
  readonly #elapsed: () => number;
  #waiting: Waiting[] = [];
  #running = false;

  constructor(options: LedgerWriterOptions) {
    this.#options = options;
    this.#heads = new HeadCache(options.batches, options.origin, options.hints);
    this.#sleep = options.sleep ?? wait;
    this.#random = options.random ?? Math.random;
    this.#elapsed = options.elapsed ?? (() => performance.now());
  }

  /**
   * Resolves when all entries are durable.
   * @throws what the driver throws, or {Problem} `database-unavailable`: some of the entries may be stored then, and bringing
   * them again finds that out
   */
  append(entries: readonly LedgerEntry[]): Promise<Appended> {
    if (this.#waiting.length + entries.length > MAX_WAITING)
      return Promise.reject(problem("database-unavailable", { retryAfter: 1 }));
    const call = new AppendCall(entries.length);
    const since = this.#elapsed();
    const span = currentSpan();
    for (const entry of entries) this.#waiting.push({ entry, call, span, since, rounds: 0 });
    if (!this.#running) {
      this.#running = true;
      // What arrives in this turn of the event loop travels together.
      setImmediate(() => void this.#run());
    }
    return call.done;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#round();
    this.#running = false;
  }

  async #round(): Promise<void> {
    const { turn, rest } = takeTurn(this.#waiting);
    this.#waiting = rest;
    await inCommonSpan(turn, () => this.#append(turn));
  }

  async #append(turn: Turn): Promise<void> {
    try {
      await this.#heads.load([...turn.keys()]);
      await this.#settleKnown(turn);
    } catch (error) {
      for (const stream of turn.keys()) this.#heads.forget(stream);
      await this.#fail([...turn.values()].flat(), error, throttlingDelay(error));
      return;
    }
    const drafts = [...turn.values()].filter((waiting) => waiting.length > 0).map((one) => this.#draft(one));
    if (drafts.length === 0) return;
    await this.#insert(drafts);
  }

  /** Takes out of the turn what is stored already. It looks through all that the heads follow, which were read before. */
  async #settleKnown(turn: Turn): Promise<void> {
    const shards = [...turn.keys()].flatMap((stream) => {
      const { state, earlier } = this.#heads.get(stream);
      return [state.epoch, ...earlier].map((epoch) => shardOf(stream, epoch));
    });
    const ids = [...turn.values()].flatMap((waiting) => waiting.map(({ entry }) => entry.id));
    const known = await findStored(this.#options.batches, shards, ids);
    if (known.size === 0) return;
    this.#options.onPlaced([...known.values()]);
    for (const [stream, waiting] of turn)
      turn.set(
        stream,
        waiting.filter((one) => !this.#settle(one, known.get(one.entry.id))),
      );
    // Also those that stayed behind because the turn had their id already: there may be many.
    this.#waiting = this.#waiting.filter((one) => !this.#settle(one, known.get(one.entry.id)));
  }

  #settle({ entry, call, span }: Waiting, stored: PlacedEntry | undefined): boolean {
    if (!stored) return false;
    if (sameRecord(stored.text, entry.text)) {
      call.duplicate();
    } else {
      const { stream, seq } = stored;
      const tell = () =>
        this.#options.log("error", "audit-record-conflict", { recordId: entry.id, stream, seq });
      // Not in the trace of the request that the round is in.
      if (span) inSpan(span, tell);
      else outsideOfSpans(tell);
      call.conflict(entry.id);
    }
    return true;
  }

  #draft(waiting: readonly Waiting[]): Draft {
    const { state, earlier } = this.#heads.get(waiting[0]?.entry.stream ?? "");
    const epoch = this.#options.epoch();
    // A clock that is behind the stream changes nothing: a stream never goes back.
    const next = epoch > state.epoch ? epoch : undefined;
    const made = nextBatch(
      state,
      waiting.map(({ entry }) => entry.text),
      next,
    );
    const { stream, seq } = state;
    const document: StoredBatch = {
      _id: batchId(stream, state.epoch, seq),
      shard: shardOf(stream, state.epoch),
      ...made.batch,
      ids: waiting.map(({ entry }) => entry.id),
      hash: made.state.hash,
      nodes: made.growth.completed,
      peaks: made.growth.frontier.peaks,
      earlier,
      _schema: SCHEMA,
    };
    return { waiting, document, after: { state: made.state, earlier: earlierAfter(document) } };
  }

  async #insert(drafts: readonly Draft[]): Promise<void> {
    failpoint("before-batch-insert");
    const insertions = await insertBatches(
      this.#options.batches,
      drafts.map(({ document }) => document),
    );
    failpoint("after-batch-insert");
    const lost: Waiting[] = [];
    const unsure: { waiting: readonly Waiting[]; error: unknown; delay: number | null }[] = [];
    for (const [index, { waiting, document, after }] of drafts.entries()) {
      const insertion: Insertion | undefined = insertions[index];
      this.#heads.forget(document.stream);
      if (insertion?.kind === "stored") this.#stored(waiting, document, after);
      else if (insertion?.kind === "unsure") unsure.push({ waiting, ...insertion });
      else lost.push(...waiting);
    }
    await Promise.all(drafts.map(({ document }) => this.#hint(document)));
    for (const { waiting, error, delay } of unsure) await this.#fail(waiting, error, delay);
    await this.#again(lost);
  }

  #stored(waiting: readonly Waiting[], document: StoredBatch, after: StreamPosition): void {
    const { stream, epoch, seq, firstIndex } = document;
    this.#heads.set(stream, after);
    this.#options.onPlaced(
      waiting.map(({ entry }, position) => ({
        id: entry.id,
        text: entry.text,
        stream,
        epoch,
        seq,
        index: firstIndex + position,
      })),
    );
    for (const { call } of waiting) call.stored();
  }

  /** The hint is a convenience: without it, the next process that starts walks one step further. */
  async #hint({ stream, next }: StoredBatch): Promise<void> {
    if (next === undefined || this.#heads.peek(stream)?.state.epoch !== next) return;
    await this.#options.hints.write(stream, next).catch(() => undefined);
  }

  /** Rejects entries whose fate is unknown, or brings them again when the database only asks for time. */
  async #fail(waiting: readonly Waiting[], error: unknown, delay: number | null): Promise<void> {
    const until = this.#elapsed() - (this.#options.deadlineMs ?? 1_500) + (delay ?? 0);
    const isPatient = ({ since }: Waiting): boolean => delay !== null && since >= until;
    for (const one of waiting) if (!isPatient(one)) one.call.fail(error);
    const patient = waiting.filter(isPatient);
    if (patient.length === 0) return;
    this.#waiting.unshift(...patient);
    await this.#sleep((delay ?? 0) * (1 + this.#random()));
  }

  async #again(lost: readonly Waiting[]): Promise<void> {
    if (lost.length === 0) return;
    for (const one of lost) one.rounds += 1;
    for (const { call } of lost.filter(({ rounds }) => rounds > MAX_ROUNDS))
      call.fail(problem("database-unavailable", { retryAfter: 1 }));
    const patient = lost.filter(({ rounds }) => rounds <= MAX_ROUNDS);
    this.#waiting.unshift(...patient);
    const rounds = Math.max(0, ...patient.map((one) => one.rounds));
    if (rounds > PATIENT_ROUNDS) await this.#sleep(this.#random() * Math.min(rounds, 20));
  }
}
