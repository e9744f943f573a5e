import type { PublicKey } from "../../../runtime/ledger/checkpoint.ts";

/** A version of the signing key. */
export interface SigningKey {
  /** What the vault calls it. */
  readonly version: string;
  readonly key: PublicKey;
}

/** Signs with a key that it never gives away. */
export interface CheckpointSigner {
  /** The version that signs from now on. */
  current(): Promise<SigningKey>;
  /**
   * @param version also an old one
   * @param digest SHA-256 of what is signed
   * @returns an ES256 signature, base64url
   */
  sign(version: string, digest: Buffer): Promise<string>;
}
