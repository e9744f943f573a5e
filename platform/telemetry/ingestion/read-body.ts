import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";
import { isMembers } from "../envelope.ts";

/** The longest body, as sent and inflated, in bytes. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Why a body could not be read. */
export type BodyFault = "too-large" | "unknown-encoding" | "broken-encoding";

/** Reads and inflates a request's body. */
export async function readBody(request: IncomingMessage): Promise<Buffer | BodyFault> {
  const decode = DECODERS.get((request.headers["content-encoding"] ?? "identity").toLowerCase());
  if (!decode) return "unknown-encoding";
  if (Number(request.headers["content-length"]) > MAX_BODY_BYTES) return "too-large";
  const chunks: Buffer[] = [];
  let bytes = 0;
  // A stream that is left early would be destroyed, and the answer with it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return "too-large";
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks));
}

type Decode = (body: Buffer) => Buffer | Promise<Buffer | BodyFault>;

const LIMIT = { maxOutputLength: MAX_BODY_BYTES };

const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ["identity", (body) => body],
  ["gzip", (body) => promisify(gunzip)(body, LIMIT).catch(faultOf)],
  ["deflate", (body) => promisify(inflate)(body, LIMIT).catch(faultOf)],
]);

function faultOf(error: unknown): BodyFault {
  const isTooLarge = isMembers(error) && error.code === "ERR_BUFFER_TOO_LARGE";
  return isTooLarge ? "too-large" : "broken-encoding";
}
