import { Pool } from "undici";
import type { Secret } from "../secrets/secret-store.ts";
import { withinDeadline } from "../within-deadline.ts";
import { GroupCommit } from "./group-commit.ts";
import type { AuditRecord } from "./audit-record.ts";
import type { AuditSink } from "./audit-sink.ts";

export interface HttpAuditSinkOptions {
  /** The Audit app's address, without a path. */
  readonly url: string;
  /** The Audit app's host key. */
  readonly key: Secret;
  /** How long a record may take to become durable, in milliseconds. */
  readonly timeoutMs: number;
}

interface Entry {
  readonly record: AuditRecord;
  readonly traceparent: string;
}

/** Why records could not be stored. */
export class AuditUnavailableError extends Error {
  override readonly name = "AuditUnavailableError";
}

const MAX_BATCH = 128;
const CONNECTIONS = 4;

/**
 * Sends records to the Audit API (`appendAuditRecords`). Records that arrive while a batch is under way travel together
 * in the next one; no record waits on a timer. A 401 means that the key was rotated: it is read again, once.
 */
export function httpAuditSink({ url, key, timeoutMs }: HttpAuditSinkOptions): AuditSink {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1, connect: { timeout: timeoutMs } });
  const send = async (entries: readonly Entry[], deadline: number): Promise<void> => {
    const signal = AbortSignal.timeout(Math.max(1, deadline - Date.now()));
    const postWith = async (secret: Promise<string>) => {
      const found = await withinDeadline(secret, signal);
      return twice(() => post(pool, entries, found, signal), signal);
    };
    const status = await postWith(key.value());
    expectStored(status === 401 ? await postWith(key.refresh()) : status);
  };
  const commit = new GroupCommit<Entry>({ send, maxBatch: MAX_BATCH, concurrency: CONNECTIONS, timeoutMs });
  return { append: (record, traceparent) => commit.add({ record, traceparent }) };
}

async function post(
  pool: Pool,
  entries: readonly Entry[],
  key: string,
  signal: AbortSignal,
): Promise<number> {
  const { statusCode, body } = await pool.request({
    method: "POST",
    path: "/auditrecords",
    headers: {
      "content-type": "application/json",
      "x-functions-key": key,
      traceparent: entries[0]?.traceparent ?? "",
    },
    body: JSON.stringify({ records: entries.map((entry) => entry.record) }),
    signal,
  });
  await body.dump();
  return statusCode;
}

/**
 * Tries again, once, what a connection broke: the app may have closed an idle one just when we took it. Nothing is stored
 * twice, because records are known by their ids.
 */
async function twice<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (signal.aborted) throw error;
    return attempt();
  }
}

function expectStored(status: number): void {
  if (status !== 200) throw new AuditUnavailableError(`The Audit API answered ${status}.`);
}
