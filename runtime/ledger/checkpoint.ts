import { createHash, createPublicKey, verify, type JsonWebKey } from "node:crypto";
import { canonicalText } from "./canonical.ts";
import { sha256, type Digest } from "./hash.ts";

/** The public part of a signing key (RFC 7517, P-256). */
export interface PublicKey {
  readonly kty: "EC";
  readonly crv: "P-256";
  readonly x: string;
  readonly y: string;
}

/** Where a stream stood. */
export interface StreamHead {
  readonly stream: string;
  readonly epoch: string;
  /** Of the last batch. */
  readonly seq: number;
  readonly size: number;
  readonly root: Digest;
  /** The hash of the last batch. */
  readonly hash: Digest;
}

/** What is signed: where every stream stood at one moment. Streams without a batch are left out. */
export interface CheckpointBody {
  readonly form: 1;
  readonly ledger: string;
  /** From 0 on, without a gap. */
  readonly sequence: number;
  /** UTC with milliseconds. */
  readonly time: string;
  /** The key that signs from here on. */
  readonly key: PublicKey;
  /** The hash of the checkpoint before; `null` for the first. */
  readonly previous: Digest | null;
  /** In the order of their names. */
  readonly streams: readonly StreamHead[];
}

export interface CheckpointSignature {
  /** The thumbprint of the key. */
  readonly keyId: string;
  /** ES256, base64url (RFC 7518, 3.4). */
  readonly value: string;
}

/** A signed checkpoint. One that changes the key is signed by the key before as well, so that trust can be followed. */
export interface Checkpoint extends CheckpointBody {
  readonly signatures: readonly CheckpointSignature[];
}

/** The bytes that are signed. */
export function signedBytes({
  form,
  ledger,
  sequence,
  time,
  key,
  previous,
  streams,
}: CheckpointBody): Buffer {
  return Buffer.from(canonicalText({ form, ledger, sequence, time, key, previous, streams }), "utf8");
}

/** The hash that the next checkpoint names as `previous`. */
export function checkpointHash(checkpoint: CheckpointBody): Digest {
  return sha256(signedBytes(checkpoint));
}

/** A key's id: its JWK thumbprint (RFC 7638), so that an id cannot be given to another key. */
export function keyIdOf({ crv, kty, x, y }: PublicKey): string {
  return createHash("sha256").update(canonicalText({ crv, kty, x, y })).digest("base64url");
}

/**
 * True when the checkpoint bears a valid signature of the key. A signature has one notation: base64url readers pass over
 * what they do not know, and over the last bits of a value, so that a changed text would read as the same signature.
 */
export function isSignedBy(checkpoint: Checkpoint, key: PublicKey): boolean {
  const keyId = keyIdOf(key);
  const signature = checkpoint.signatures.find((one) => one.keyId === keyId);
  const value = Buffer.from(signature?.value ?? "", "base64url");
  if (value.toString("base64url") !== signature?.value) return false;
  const jwk: JsonWebKey = { kty: key.kty, crv: key.crv, x: key.x, y: key.y };
  try {
    const publicKey = createPublicKey({ key: jwk, format: "jwk" });
    const verifier = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
    return verify("sha256", signedBytes(checkpoint), verifier, value);
  } catch {
    // No point of the curve: nothing is signed by it.
    return false;
  }
}
