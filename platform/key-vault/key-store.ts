import { generateKeyPairSync, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { p256 } from "@noble/curves/nist.js";

import { writeFileAtomically } from "./write-file-atomically.ts";

/** The public part of an elliptic curve key on P-256 (RFC 7518, 6.2.1). */
export interface PublicJwk {
  kty: "EC";
  crv: "P-256";
  x: string;
  y: string;
}

/** One version of a key, without its private part. Times are in seconds since 1970. */
export interface KeyVersion {
  name: string;
  version: string;
  /** Whether it signs. */
  enabled: boolean;
  created: number;
  updated: number;
  jwk: PublicJwk;
}

/** Named signing keys and their versions. Private parts never leave the store. */
export interface KeyStore {
  /** The current version, or the one asked for; `undefined` when there is none. */
  get(name: string, version?: string): KeyVersion | undefined;
  /** Adds a version, which becomes the current one; durable when the call returns. */
  create(name: string): KeyVersion;
  /** All versions of a key, oldest first; none when there is no such key. */
  versions(name: string): KeyVersion[];
  /** Lets a version sign, or not; `undefined` when there is no such version. Durable when the call returns. */
  enable(name: string, version: string | undefined, enabled: boolean): KeyVersion | undefined;
  /**
   * Signs a SHA-256 digest: r and s, 32 bytes each (RFC 7518, 3.4). `undefined` when there is no such key, or it is
   * disabled.
   */
  sign(name: string, version: string, digest: Buffer): Buffer | undefined;
}

/**
 * Opens `keys.json` in a directory (created when absent, 0700) and keeps it up to date.
 *
 * @param now milliseconds since 1970
 * @throws Error naming the file when it is not what this store writes
 */
export function openKeyStore(directory: string, now: () => number): KeyStore {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, "keys.json");
  let keys = readKeys(path);

  const versionsOf = (name: string) => keys.filter((key) => key.name.toLowerCase() === name.toLowerCase());
  const find = (name: string, version?: string): StoredKey | undefined =>
    version === undefined ? versionsOf(name).at(-1) : versionsOf(name).find((key) => key.version === version);
  const seconds = () => Math.floor(now() / 1000);
  const store = (changed: StoredKey[]): void => {
    // The file first: a key that could not be stored never signs.
    writeFileAtomically(path, `${JSON.stringify({ schema: SCHEMA, keys: changed }, null, 2)}\n`);
    keys = changed;
  };

  return {
    get: (name, version) => publicPart(find(name, version)),
    create(name) {
      const stored = newKey(find(name)?.name ?? name, seconds());
      store([...keys, stored]);
      return describe(stored);
    },
    versions: (name) => versionsOf(name).map(describe),
    enable(name, version, enabled) {
      const found = find(name, version);
      if (!found) return undefined;
      const changed = { ...found, enabled, updated: seconds() };
      store(keys.map((key) => (key === found ? changed : key)));
      return describe(changed);
    },
    sign(name, version, digest) {
      const stored = find(name, version);
      return stored?.enabled === false ? undefined : stored && signDigest(stored.jwk, digest);
    },
  };
}

interface StoredKey {
  name: string;
  version: string;
  /** Absent: it signs. */
  enabled?: boolean;
  created: number;
  /** Absent while nothing has been changed since `created`. */
  updated?: number;
  jwk: PublicJwk & { d: string };
}

const SCHEMA = 1;

function publicPart(stored: StoredKey | undefined): KeyVersion | undefined {
  return stored && describe(stored);
}

function describe(stored: StoredKey): KeyVersion {
  const { name, version, enabled = true, created, updated = created, jwk } = stored;
  const { kty, crv, x, y } = jwk;
  return { name, version, enabled, created, updated, jwk: { kty, crv, x, y } };
}

function newKey(name: string, created: number): StoredKey {
  const { x, y, d } = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  if (x === undefined || y === undefined || d === undefined)
    throw new Error("unreachable: an EC key has x, y and d");
  // Key Vault's versions are 32 hexadecimal digits.
  return {
    name,
    version: randomUUID().replaceAll("-", ""),
    created,
    jwk: { kty: "EC", crv: "P-256", x, y, d },
  };
}

/** Node signs messages only; Key Vault is given the digest. */
function signDigest({ d }: StoredKey["jwk"], digest: Buffer): Buffer {
  return Buffer.from(p256.sign(digest, Buffer.from(d, "base64url"), { prehash: false }));
}

function readKeys(path: string): StoredKey[] {
  if (!existsSync(path)) return [];
  const keys = parseKeys(readFileSync(path, "utf8"));
  if (!keys)
    throw new Error(
      `${path}: not a keys file of schema ${SCHEMA}; restore it, or delete it to begin with new keys`,
    );
  return keys;
}

function parseKeys(text: string): StoredKey[] | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isRecord(content) && content.schema === SCHEMA && isListOfKeys(content.keys)
      ? content.keys
      : undefined;
  } catch {
    // The parser's message quotes the text, which holds private keys.
    return undefined;
  }
}

function isListOfKeys(value: unknown): value is StoredKey[] {
  return Array.isArray(value) && value.every(isKey);
}

function isKey(value: unknown): value is StoredKey {
  if (!isRecord(value) || !isRecord(value.jwk)) return false;
  const texts = [value.name, value.version, value.jwk.x, value.jwk.y, value.jwk.d];
  const { created, updated = created, enabled = true } = value;
  return (
    texts.every((one) => typeof one === "string") &&
    [created, updated].every((one) => typeof one === "number") &&
    typeof enabled === "boolean"
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
