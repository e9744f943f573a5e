import type { Batch } from "./batch.ts";
import { STREAM_NAMES } from "./ledger-verifier-place.ts";

const EPOCH = /^\d{6}$/;

/** What no batch of any register has. */
export function flawOf({ stream, epoch, next, entries }: Batch): string | undefined {
  if (!STREAM_NAMES.has(stream)) return "its stream is none that there is";
  if (!EPOCH.test(epoch)) return "its epoch is no month";
  if (next !== undefined && !(EPOCH.test(next) && next > epoch))
    return "what follows its epoch is no later month";
  // Hashing takes UTF-8, in which all that is not well-formed looks alike.
  if (!entries.every((entry) => entry.isWellFormed())) return "an entry is not well-formed Unicode";
  return undefined;
}
