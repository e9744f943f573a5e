import { createHash } from "node:crypto";

/** A UUID that the same text always has, of version 8. Source: RFC 9562, section 5.8. */
export function stableUuid(text: string): string {
  const digits = createHash("sha256").update(text).digest("hex");
  const variant = ((parseInt(digits.slice(16, 17), 16) & 0b0011) | 0b1000).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join("-");
}
