import { createHash } from "node:crypto";

/** A short name for a content: 128 bits of its SHA-256, in hex. */
export function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}
