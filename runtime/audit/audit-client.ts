import { Pool } from "undici";
import { failpoint } from "../failpoint.ts";
import type { Secret } from "../secrets/secret-store.ts";
import { withinDeadline } from "../within-deadline.ts";
import type { AuditRecord } from "./audit-record.ts";

export interface AuditClientOptions {
  /** The Audit app's address, without a path. */
  readonly url: string;
  /** The Audit app's host key. */
  readonly key: Secret;
  /** How many requests may be under way at once. */
  readonly connections: number;
  /** How long a connection may take to open, in milliseconds. */
  readonly connectTimeoutMs: number;
}

/** Speaks the operations of the Audit API that are for apps. */
export interface AuditClient {
  /** The register's origin. */
  readonly address: string;
  /**
   * Has records stored (`appendAuditRecords`). Sending some of them again stores nothing twice.
   * @returns the ids of those that the register does not take, because it holds another record of that id
   * @throws {AuditUnavailableError} when the register has not said in time that the others are durable
   */
  append(
    records: readonly AuditRecord[],
    traceparent: string | undefined,
    signal: AbortSignal,
  ): Promise<readonly string[]>;
  /**
   * The intents of a service's accesses that have no outcome, the oldest first (`listOpenAccesses`).
   * @param before only those that were created before
   * @throws {AuditUnavailableError}
   */
  openIntents(
    service: string,
    before: Date,
    traceparent: string | undefined,
    signal: AbortSignal,
  ): Promise<readonly AuditRecord[]>;
}

/** Why the register did not do what it was asked; `status` is that of its answer, when there was one. */
export class AuditUnavailableError extends Error {
  override readonly name = "AuditUnavailableError";
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

/** 128 outcomes that each name a page of 1,000 resources are as many bytes as the operation takes. */
export const MAX_BATCH = 128;

/** A 401 means that the key was rotated: it is read again, once. */
export function auditClient({ url, key, connections, connectTimeoutMs }: AuditClientOptions): AuditClient {
  const pool = new Pool(url, { connections, pipelining: 1, connect: { timeout: connectTimeoutMs } });
  const ask = async (question: Question, signal: AbortSignal): Promise<unknown> => {
    const askWith = async (secret: Promise<string>) => {
      const found = await withinDeadline(secret, signal);
      return twice(() => send(pool, question, found, signal), signal);
    };
    const first = await askWith(key.value());
    const { status, text } = first.status === 401 ? await askWith(key.refresh()) : first;
    if (status !== 200) throw new AuditUnavailableError(`The Audit API answered ${status}.`, status);
    return parse(text);
  };
  return {
    address: url,
    async append(records, traceparent, signal) {
      failpoint("batch-sent");
      const body = JSON.stringify({ records });
      const receipt = await ask({ method: "POST", path: "/auditrecords", traceparent, body }, signal);
      failpoint("batch-acknowledged");
      return conflictsIn(receipt, records.length);
    },
    async openIntents(service, before, traceparent, signal) {
      const query = new URLSearchParams({ service, before: before.toISOString() });
      const path = `/auditrecords/open?${query.toString()}`;
      const answer = await ask({ method: "GET", path, traceparent }, signal);
      return intentsIn(answer);
    },
  };
}

interface Question {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly traceparent?: string | undefined;
  readonly body?: string;
}

interface RegisterAnswer {
  readonly status: number;
  readonly text: string;
}

async function send(
  pool: Pool,
  { method, path, traceparent, body }: Question,
  key: string,
  signal: AbortSignal,
): Promise<RegisterAnswer> {
  const answer = await pool.request({
    method,
    path,
    headers: {
      "x-functions-key": key,
      ...(traceparent !== undefined && { traceparent }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body }),
    signal,
  });
  return { status: answer.statusCode, text: await answer.body.text() };
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AuditUnavailableError("The Audit API answered no JSON.", 200);
  }
}

/** A receipt counts only when it accounts for every record that was sent. */
function conflictsIn(receipt: unknown, sent: number): readonly string[] {
  if (isReceipt(receipt)) {
    const { stored, duplicates, conflicts } = receipt;
    if (stored + duplicates + conflicts.length === sent) return conflicts;
  }
  throw new AuditUnavailableError("The Audit API answered with no receipt for every record.", 200);
}

function intentsIn(answer: unknown): readonly AuditRecord[] {
  const isList =
    typeof answer === "object" && answer !== null && "intents" in answer && Array.isArray(answer.intents);
  if (!isList) throw new AuditUnavailableError("The Audit API answered no intents.", 200);
  // The Audit app holds its answers against the same contract.
  return answer.intents as AuditRecord[];
}

interface Receipt {
  readonly stored: number;
  readonly duplicates: number;
  readonly conflicts: readonly string[];
}

function isReceipt(value: unknown): value is Receipt {
  return (
    typeof value === "object" &&
    value !== null &&
    "stored" in value &&
    typeof value.stored === "number" &&
    "duplicates" in value &&
    typeof value.duplicates === "number" &&
    "conflicts" in value &&
    Array.isArray(value.conflicts)
  );
}
