import { randomFillSync } from "node:crypto";
import type { Clock } from "./clock.ts";

/** Makes ids. Tests bring their own. */
export type IdSource = () => string;

const pool = new Uint8Array(10 * 256);
let used = pool.length;

/**
 * Makes UUIDs of version 7 (RFC 9562, 5.7): ordered by the millisecond of their making, so that a list in the order of
 * its ids is in the order of creation.
 */
export function timeOrderedIds(clock: Clock): IdSource {
  return () => {
    const time = clock.now().getTime().toString(16).padStart(12, "0");
    const random = randomHex();
    const variant = ((Number.parseInt(random.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
    return [
      time.slice(0, 8),
      time.slice(8),
      `7${random.slice(0, 3)}`,
      `${variant}${random.slice(4, 7)}`,
      random.slice(7, 19),
    ].join("-");
  };
}

/** 20 hexadecimal digits from a buffer that is filled 256 ids at a time: a system call per id costs more than the id. */
function randomHex(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const digits = Buffer.from(pool.buffer, used, 10).toString("hex");
  used += 10;
  return digits;
}
