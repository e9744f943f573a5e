import type { IncomingMessage } from "node:http";

/** The longest blob that the local storage takes, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Reads a request's body; `undefined` when it is longer than the storage takes. */
export async function readBytes(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) chunks.push(chunk);
  }
  return bytes <= MAX_BYTES ? Buffer.concat(chunks) : undefined;
}
