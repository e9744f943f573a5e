import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { writeFileAtomically } from "./write-file-atomically.ts";

/** What may be said of a version besides its value. Times are seconds since 1970, as the REST API gives them. */
export interface SecretProperties {
  /** Default: `true`. */
  enabled?: boolean;
  exp?: number;
  nbf?: number;
  contentType?: string;
  tags?: Record<string, string>;
}

/** One version of one secret. */
export interface SecretVersion extends SecretProperties {
  version: string;
  value: string;
  created: number;
  /** Absent while nothing has been changed since `created`. */
  updated?: number;
}

/** A version together with the name of its secret, as that was first spelled. */
export interface NamedVersion {
  name: string;
  secret: SecretVersion;
}

/** A secret with all its versions, oldest first; the last one is the current one. */
export interface StoredSecret {
  name: string;
  versions: SecretVersion[];
}

/** Named secrets and their versions. Names are compared without regard to case, as Key Vault does. */
export interface SecretStore {
  /** The current version, or the one asked for; `undefined` when there is none. */
  get(name: string, version?: string): NamedVersion | undefined;
  /** Adds a version, which becomes the current one; durable when the call returns. */
  set(name: string, value: string, properties?: SecretProperties): NamedVersion;
  /** Changes what is given and leaves the rest; `undefined` when there is no such version. Durable when the call returns. */
  update(name: string, version: string | undefined, changes: SecretProperties): NamedVersion | undefined;
  /** All versions of a secret, oldest first; none when there is no such secret. */
  versions(name: string): NamedVersion[];
  /** All secrets, by name. */
  list(): StoredSecret[];
}

/**
 * Opens `secrets.json` in a directory (created when absent, 0700) and keeps it up to date.
 *
 * @param now milliseconds since 1970
 * @throws Error naming the file when it is not what this store writes
 */
export function openSecretStore(directory: string, now: () => number): SecretStore {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, "secrets.json");
  let secrets = readSecrets(path);

  const find = (name: string, version?: string): NamedVersion | undefined => {
    const stored = secrets.get(name.toLowerCase());
    const secret =
      version === undefined
        ? stored?.versions.at(-1)
        : stored?.versions.find((each) => each.version === version);
    return stored && secret && { name: stored.name, secret };
  };
  const seconds = () => Math.floor(now() / 1000);
  const store = (name: string, versions: SecretVersion[]): void => {
    const changed = new Map(secrets).set(name.toLowerCase(), { name, versions });
    // The file first: a secret that could not be stored is never handed out.
    writeFileAtomically(
      path,
      `${JSON.stringify({ schema: SCHEMA, secrets: [...changed.values()] }, null, 2)}\n`,
    );
    secrets = changed;
  };

  return {
    get: find,
    set(name, value, properties = {}) {
      const stored = secrets.get(name.toLowerCase()) ?? { name, versions: [] };
      const secret = { version: newVersion(), value, created: seconds(), ...properties };
      store(stored.name, [...stored.versions, secret]);
      return { name: stored.name, secret };
    },
    update(name, version, changes) {
      const found = find(name, version);
      const stored = secrets.get(name.toLowerCase());
      if (!found || !stored) return undefined;
      const secret = { ...found.secret, ...changes, updated: seconds() };
      store(
        stored.name,
        stored.versions.map((each) => (each === found.secret ? secret : each)),
      );
      return { name: stored.name, secret };
    },
    versions(name) {
      const stored = secrets.get(name.toLowerCase());
      return stored ? stored.versions.map((secret) => ({ name: stored.name, secret })) : [];
    },
    list: () => [...secrets.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

const SCHEMA = 1;

/** Key Vault's versions are 32 hexadecimal digits. */
function newVersion(): string {
  return randomUUID().replaceAll("-", "");
}

function readSecrets(path: string): Map<string, StoredSecret> {
  if (!existsSync(path)) return new Map();
  const secrets = parseSecrets(readFileSync(path, "utf8"));
  if (!secrets) {
    throw new Error(
      `${path}: not a secrets file of schema ${SCHEMA}; delete it, and the local secrets are made anew`,
    );
  }
  return new Map(secrets.map((secret) => [secret.name.toLowerCase(), secret]));
}

function parseSecrets(text: string): StoredSecret[] | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isSecretsFile(content) ? content.secrets : undefined;
  } catch {
    // The parser's message quotes the text, which holds secrets.
    return undefined;
  }
}

function isSecretsFile(value: unknown): value is { secrets: StoredSecret[] } {
  return (
    isRecord(value) &&
    value.schema === SCHEMA &&
    Array.isArray(value.secrets) &&
    value.secrets.every(isSecret)
  );
}

function isSecret(value: unknown): value is StoredSecret {
  return (
    isRecord(value) &&
    typeof value.name === "string" &&
    Array.isArray(value.versions) &&
    value.versions.length > 0 &&
    value.versions.every(isVersion)
  );
}

function isVersion(value: unknown): value is SecretVersion {
  return (
    isRecord(value) &&
    typeof value.version === "string" &&
    typeof value.value === "string" &&
    typeof value.created === "number" &&
    [value.updated, value.exp, value.nbf].every((each) => isAbsentOr("number", each)) &&
    isAbsentOr("boolean", value.enabled) &&
    isAbsentOr("string", value.contentType) &&
    (value.tags === undefined || isTags(value.tags))
  );
}

/** What the first files of this schema did not have. */
function isAbsentOr(type: "number" | "boolean" | "string", value: unknown): boolean {
  return value === undefined || typeof value === type;
}

function isTags(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((each) => typeof each === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
