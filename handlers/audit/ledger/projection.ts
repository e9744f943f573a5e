import type { Collection, Db } from "mongodb";
import type { CollectionDeclaration } from "../../../runtime/database/collections.ts";
import { withThrottling } from "../../../runtime/database/throttling.ts";
import { failpoint } from "../../../runtime/failpoint.ts";
import { outsideOfSpans } from "../../../runtime/telemetry/current-span.ts";
import { nameOfError, type Log } from "../../../runtime/telemetry/log.ts";
import { catchUpStream, type StreamProgress } from "./catch-up.ts";
import type { PlacedEntry } from "./find-stored.ts";
import { insertNew } from "./insert-new.ts";
import type { LedgerOrigin } from "./ledger-origin.ts";
import type { OpenAccesses } from "./open-accesses.ts";
import { projectedRecord, recordCollection, type ProjectedRecord } from "./projected-record.ts";
import type { StoredBatch } from "./stored-batch.ts";
import { STREAMS } from "./streams.ts";

/** Up to where each stream is in the records for certain. */
export const progressCollection = {
  name: "progress",
  shardKey: "_id",
  indexes: [],
} as const satisfies CollectionDeclaration;

export interface ProjectionOptions {
  readonly db: Db;
  readonly batches: Collection<StoredBatch>;
  readonly origin: LedgerOrigin;
  readonly open: OpenAccesses;
  readonly log: Log;
  /** Has a function run a little later, so that an intent and its outcome are written together. */
  readonly later?: (run: () => void) => void;
}

/** Beyond this many entries the ledger itself is the memory: what was missed is read from it. */
const MAX_PENDING = 20_000;
const MAX_CHUNK = 500;
const LATER_MS = 250;
const DEADLINE_MS = 3_000;

/**
 * Writes what the ledger holds into the records that are queried: a little later, or when a query wants to know. What a
 * process that was killed has left undone, the next one reads from the ledger.
 */
export class Projection {
  readonly #options: ProjectionOptions;
  readonly #records: Collection<ProjectedRecord>;
  readonly #progress: Collection<StreamProgress>;
  readonly #later: (run: () => void) => void;
  #pending: PlacedEntry[] = [];
  #scheduled = false;
  /** Whether the ledger may hold something that neither the records nor `pending` have. */
  #behind = true;
  #line: Promise<unknown> = Promise.resolve();

  constructor(options: ProjectionOptions) {
    this.#options = options;
    this.#records = options.db.collection(recordCollection.name);
    this.#progress = options.db.collection(progressCollection.name);
    this.#later = options.later ?? ((run) => void setTimeout(run, LATER_MS).unref());
  }

  /** Takes entries that are in the ledger. */
  add(entries: readonly PlacedEntry[]): void {
    if (this.#pending.length + entries.length > MAX_PENDING) {
      this.#pending = [];
      this.#behind = true;
      return;
    }
    this.#pending.push(...entries);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // For all that come meanwhile: it is the work of none of their requests.
    outsideOfSpans(() =>
      this.#later(() => {
        this.#scheduled = false;
        this.#inLine(() => this.#writePending()).catch((error: unknown) =>
          this.#options.log("warn", "projection-delayed", { cause: nameOfError(error) }),
        );
      }),
    );
  }

  /** Resolves when all that was added before can be queried. @throws what the driver throws */
  settled(): Promise<void> {
    return this.#inLine(async () => {
      await this.#writePending();
      if (this.#behind) await this.#catchUp();
    });
  }

  /**
   * Reads from the ledger what the records lack, whoever was to write it. Queries wait for it only when this process knows that
   * they would miss something.
   * @returns how many records were missing
   */
  async catchUp(signal?: AbortSignal): Promise<number> {
    await this.#inLine(() => this.#writePending());
    return this.#behind ? this.#inLine(() => this.#catchUp(signal)) : this.#readLedger(signal);
  }

  /** One at a time, in order. */
  #inLine<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#line.then(work);
    this.#line = result.catch(() => undefined);
    return result;
  }

  async #writePending(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    try {
      for (let from = 0; from < pending.length; from += MAX_CHUNK)
        await this.#write(pending.slice(from, from + MAX_CHUNK));
    } catch (error) {
      this.#behind = true;
      throw error;
    }
  }

  async #catchUp(signal?: AbortSignal): Promise<number> {
    this.#behind = false;
    try {
      return await this.#readLedger(signal);
    } catch (error) {
      this.#behind = true;
      throw error;
    }
  }

  async #readLedger(signal?: AbortSignal): Promise<number> {
    const { batches, origin } = this.#options;
    const known = new Map((await this.#progress.find({}).toArray()).map((one) => [one._id, one]));
    let missing = 0;
    for (const stream of STREAMS) {
      const from = known.get(stream) ?? { _id: stream, epoch: origin.epoch, seq: -1 };
      missing += await catchUpStream(from, {
        ...{ batches, records: this.#records, progress: this.#progress },
        write: (entries) => this.#write(entries),
        ...(signal && { signal }),
      });
    }
    return missing;
  }

  /** Writing a record again changes nothing. */
  async #write(entries: readonly PlacedEntry[]): Promise<void> {
    const { open } = this.#options;
    const added = entries.flatMap((entry) => this.#project(entry));
    failpoint("before-projection");
    const once = async () => {
      await open.begin(added);
      const count = await insertNew(this.#records, added);
      await open.end(added, count === added.length);
    };
    await withThrottling(once, { deadlineMs: DEADLINE_MS });
  }

  /** An entry that somebody else has written must not keep the others from being queried; the verifier is there to judge it. */
  #project(entry: PlacedEntry): ProjectedRecord[] {
    try {
      return [projectedRecord(entry)];
    } catch {
      const { stream, seq, index } = entry;
      this.#options.log("error", "ledger-entry-unreadable", { stream, seq, index });
      return [];
    }
  }
}
