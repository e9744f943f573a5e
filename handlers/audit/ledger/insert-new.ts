import { MongoBulkWriteError, MongoServerError } from "mongodb";
import type { Collection, Document, OptionalUnlessRequiredId } from "mongodb";
import { problem } from "../../../runtime/problem/problem.ts";

export const DUPLICATE_KEY = 11000;
export const THROTTLED = 16500;

/**
 * Stores documents, durably. Those whose id is stored already are left as they are.
 * @returns how many were new
 * @throws {MongoServerError} 16500 when the database throttled some of them: they can be brought again
 * @throws {Problem} `database-unavailable` when it is not known what became of them
 */
export async function insertNew<Stored extends Document>(
  collection: Collection<Stored>,
  documents: readonly OptionalUnlessRequiredId<Stored>[],
): Promise<number> {
  if (documents.length === 0) return 0;
  try {
    const { insertedCount } = await collection.insertMany(documents, { ordered: false });
    return insertedCount;
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const errors = [error.writeErrors].flat();
    const throttled = errors.find(({ code }) => code === THROTTLED);
    if (throttled) throw throttling(throttled.errmsg);
    if (isDoubtful(error)) throw doubt(error);
    if (errors.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
    return error.insertedCount;
  }
}

/**
 * Whether a bulk write says nothing certain of its documents: the driver wraps a broken connection in a bulk error as well.
 */
export function isDoubtful(error: MongoBulkWriteError): boolean {
  return [error.writeErrors].flat().length === 0 || error.result.getWriteConcernError() !== undefined;
}

/** What a doubtful write is to a caller. */
export function doubt(error: MongoBulkWriteError): Error {
  return error.code === THROTTLED
    ? throttling(error.message)
    : problem("database-unavailable", { cause: error, retryAfter: 1 });
}

/** The throttling of one document of several, as the error that it would be for one alone. */
export function throttling(message: string | undefined): MongoServerError {
  return new MongoServerError({ message: message ?? "", code: THROTTLED });
}
