import { createPublicKey } from "node:crypto";
import type { PublicKey } from "../../../runtime/ledger/checkpoint.ts";
import { readJson } from "./read-json.ts";
import { messageOf, UnjudgedError } from "./unjudged-error.ts";

/**
 * Reads public keys: a JWK, a set of them (RFC 7517), or what Azure Key Vault answers for a key.
 * @throws {UnjudgedError} naming the file
 */
export function readKeys(file: string): PublicKey[] {
  try {
    const value = membersOf(readJson(file));
    const keys = Array.isArray(value.keys) ? value.keys : [value.key ?? value];
    return keys.map((one) => publicKey(membersOf(one)));
  } catch (error) {
    throw new UnjudgedError(`${file}: no public key: ${messageOf(error)}`, { cause: error });
  }
}

function publicKey({ kty, crv, x, y, d }: Readonly<Record<string, unknown>>): PublicKey {
  if (d !== undefined) throw new TypeError("it holds the private part; nobody who verifies needs that");
  const isP256 = (kty === "EC" || kty === "EC-HSM") && crv === "P-256";
  if (!isP256 || typeof x !== "string" || typeof y !== "string")
    throw new TypeError("a P-256 JWK is expected");
  const key = { kty: "EC", crv: "P-256", x, y } as const;
  createPublicKey({ key: { ...key }, format: "jwk" });
  return key;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
