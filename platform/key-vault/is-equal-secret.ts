import { timingSafeEqual } from "node:crypto";

/** Compares a secret with what a caller sent, in a time that tells nothing but whether their lengths agree. */
export function isEqualSecret(expected: string, given: string): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(given);
  return left.length === right.length && timingSafeEqual(left, right);
}
