import { hash } from "node:crypto";

/** A SHA-256 digest as 64 lower-case hexadecimal digits. */
export type Digest = string;

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** SHA-256 of bytes, or of a text as UTF-8. */
export function sha256(data: Uint8Array | string): Digest {
  return hash("sha256", data, "hex");
}

/** The hash of a leaf: SHA-256(0x00 || entry) (RFC 6962, 2.1). The prefix keeps an entry from passing for a node. */
export function leafHash(entry: string): Digest {
  return sha256(Buffer.concat([LEAF, Buffer.from(entry, "utf8")]));
}

/** The hash of an inner node: SHA-256(0x01 || left || right) (RFC 6962, 2.1). */
export function nodeHash(left: Digest, right: Digest): Digest {
  return sha256(Buffer.concat([NODE, Buffer.from(left, "hex"), Buffer.from(right, "hex")]));
}

/** The root of a tree without leaves: SHA-256 of nothing (RFC 6962, 2.1). */
export const EMPTY_ROOT: Digest = sha256("");
