import type { IncomingMessage } from "node:http";

/** The longest body that the vault reads, in bytes: a secret of 25k bytes, every character of it escaped. */
const MAX_BYTES = 262_144;

/** Reads a request's body as UTF-8; `undefined` when it is longer than the vault reads. */
export async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) chunks.push(chunk);
  }
  return bytes <= MAX_BYTES ? Buffer.concat(chunks).toString() : undefined;
}
