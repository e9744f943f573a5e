import { randomFillSync, randomUUID } from "node:crypto";

/** Time and chance, so that tests control them. */
export interface GatewayRuntime {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Uniform in [0, 1). */
  random(): number;
  /** GUID text, lower case, with dashes. */
  newGuid(): string;
  /** `bytes` random bytes as lower-case hexadecimal. */
  randomHex(bytes: number): string;
}

/** The machine's clock and its cryptographic generator. */
export const systemRuntime: GatewayRuntime = {
  now: () => Date.now(),
  random: () => Math.random(),
  newGuid: () => randomUUID(),
  randomHex: (bytes) => takeRandomHex(bytes),
};

/** Drawn in one system call for many requests: a call for each would cost more than the rest of the trace header. */
const pool = Buffer.allocUnsafe(4096);
let used = pool.length;

function takeRandomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString("hex", used - bytes, used);
}
