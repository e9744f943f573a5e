import { MongoBulkWriteError } from "mongodb";
import type { Collection } from "mongodb";
import { throttlingDelay } from "../../../runtime/database/throttling.ts";
import { doubt, DUPLICATE_KEY, isDoubtful, throttling } from "./insert-new.ts";
import type { StoredBatch } from "./stored-batch.ts";

/** What became of a batch. */
export type Insertion =
  | { readonly kind: "stored" }
  /** Another batch has its place. */
  | { readonly kind: "taken" }
  /** It may or may not be stored: only reading tells. `delay` is in milliseconds, when it is worth another try. */
  | { readonly kind: "unsure"; readonly error: unknown; readonly delay: number | null };

/**
 * Inserts one batch a stream with one command. Batches of one stream must not travel together: the second would be stored
 * even when the place of the first is taken.
 * @returns what became of each, in their order; nothing is thrown
 */
export async function insertBatches(
  batches: Collection<StoredBatch>,
  documents: readonly StoredBatch[],
): Promise<Insertion[]> {
  try {
    await batches.insertMany(documents, { ordered: false });
    return documents.map(() => STORED);
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) return documents.map(() => unsure(error));
    if (isDoubtful(error)) return documents.map(() => unsure(doubt(error)));
    const refused = new Map([error.writeErrors].flat().map((one) => [one.index, one]));
    return documents.map((_, index) => {
      const refusal = refused.get(index);
      if (!refusal) return STORED;
      return refusal.code === DUPLICATE_KEY ? TAKEN : unsure(reasonOf(refusal));
    });
  }
}

const STORED: Insertion = { kind: "stored" };
const TAKEN: Insertion = { kind: "taken" };

function unsure(error: unknown): Insertion {
  return { kind: "unsure", error, delay: throttlingDelay(error) };
}

function reasonOf({ code, errmsg }: { readonly code: number; readonly errmsg?: string | undefined }): Error {
  const error = throttling(errmsg);
  error.code = code;
  return error;
}
