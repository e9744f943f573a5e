import { randomFillSync } from "node:crypto";

/** Drawn in one system call for many ids: a call for each would cost more than the rest of a span. */
const pool = Buffer.allocUnsafe(4_096);
let used = pool.length;

/** @returns `bytes` random bytes as hexadecimal digits, in lower case and never all zeros */
export function randomId(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  const id = pool.toString("hex", used - bytes, used);
  return /^0+$/.test(id) ? randomId(bytes) : id;
}
