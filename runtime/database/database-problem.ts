import { MongoError } from "mongodb";
import { problem } from "../problem/problem.ts";
import type { Problem } from "../problem/problem.ts";
import { throttlingDelay } from "./throttling.ts";

const UNREACHABLE = new Set([
  "MongoServerSelectionError",
  "MongoNetworkError",
  "MongoNetworkTimeoutError",
  "MongoOperationTimeoutError",
  "MongoPoolClearedError",
  "MongoPoolClosedError",
  "MongoNotConnectedError",
  "MongoTopologyClosedError",
  "MongoWaitQueueTimeoutError",
]);

/** The problem that an error of the driver is, when it says that the database cannot be reached now; otherwise `null`. */
export function databaseProblem(error: unknown): Problem | null {
  const delay = throttlingDelay(error);
  if (delay !== null) {
    return problem("database-unavailable", {
      cause: error,
      retryAfter: Math.max(1, Math.ceil(delay / 1000)),
    });
  }
  if (!(error instanceof MongoError) || !UNREACHABLE.has(error.name)) return null;
  return problem("database-unavailable", { cause: error, retryAfter: 1 });
}
