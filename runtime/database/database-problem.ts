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

/** A server that is no longer the primary, or is shutting down: what a failover looks like (MongoDB, error codes). */
const NOT_SERVING = new Set([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436]);

/**
 * What the system calls a connection that is gone. The driver passes it on as it came when an answer was under way (mongodb
 * 7.8: its message stream ends with the socket's own error).
 */
const DISCONNECTED = new Set<unknown>(["ECONNRESET", "ECONNREFUSED", "ECONNABORTED", "EPIPE", "ETIMEDOUT"]);

/** The problem that an error of the driver is, when it says that the database cannot be reached now; otherwise `null`. */
export function databaseProblem(error: unknown): Problem | null {
  const delay = throttlingDelay(error);
  if (delay !== null) {
    return problem("database-unavailable", {
      cause: error,
      retryAfter: Math.max(1, Math.ceil(delay / 1000)),
    });
  }
  return isUnreachable(error) ? problem("database-unavailable", { cause: error, retryAfter: 1 }) : null;
}

function isUnreachable(error: unknown): boolean {
  if (error instanceof MongoError) return UNREACHABLE.has(error.name) || NOT_SERVING.has(Number(error.code));
  return error instanceof Error && "syscall" in error && "code" in error && DISCONNECTED.has(error.code);
}
