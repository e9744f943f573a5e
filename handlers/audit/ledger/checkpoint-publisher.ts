import { Pool } from "undici";
import { withinDeadline } from "../../../runtime/within-deadline.ts";

/** A second place for checkpoints, where nobody can change what is there. */
export interface CheckpointPublisher {
  /** @returns false when there is something of that name already, which is left as it is */
  put(name: string, content: string): Promise<boolean>;
  /** @returns `undefined` when there is nothing of that name */
  get(name: string): Promise<string | undefined>;
}

export interface BlobPublisherOptions {
  /** The container's address: one segment below that of the storage. */
  readonly url: string;
  /** A token for `https://storage.azure.com`. */
  readonly token: () => Promise<string>;
  readonly timeoutMs?: number;
}

/** The second place cannot be reached, or does not let this app in. */
export class PublishingError extends Error {
  override readonly name = "PublishingError";
}

/** The name that a checkpoint is published under. */
export function blobName(sequence: number): string {
  return `${String(sequence).padStart(12, "0")}.json`;
}

const VERSION = "2025-05-05";

/**
 * Publishes to a container of Azure Blob Storage whose blobs cannot be changed
 * (https://learn.microsoft.com/azure/storage/blobs/immutable-storage-overview).
 */
export function blobPublisher({ url, token, timeoutMs = 5_000 }: BlobPublisherOptions): CheckpointPublisher {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 1, connect: { timeout: timeoutMs } });
  const request = async (method: "GET" | "PUT", name: string, content?: string) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const { statusCode, body } = await pool.request({
      method,
      path: `${pathname.replace(/\/$/, "")}/${name}`,
      headers: {
        authorization: `Bearer ${await withinDeadline(token(), signal)}`,
        "x-ms-version": VERSION,
        ...(content !== undefined && NEW_BLOB),
      },
      ...(content !== undefined && { body: content }),
      signal,
    });
    return { statusCode, text: await body.text() };
  };
  return {
    async put(name, content) {
      const { statusCode } = await request("PUT", name, content);
      if (statusCode === 201) return true;
      // 409 is what Azure answers for a blob that exists, with the condition and with a retention policy; 412 for others.
      if (statusCode === 409 || statusCode === 412) return false;
      throw new PublishingError(`The storage answered ${statusCode} for ${name}.`);
    },
    async get(name) {
      const { statusCode, text } = await request("GET", name);
      if (statusCode === 200) return text;
      if (statusCode === 404) return undefined;
      throw new PublishingError(`The storage answered ${statusCode} for ${name}.`);
    },
  };
}

const NEW_BLOB = {
  "x-ms-blob-type": "BlockBlob",
  "if-none-match": "*",
  "content-type": "application/json",
} as const;
