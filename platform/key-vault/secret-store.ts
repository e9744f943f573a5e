import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { writeFileAtomically } from "./write-file-atomically.ts";

/** One version of one secret. Times are seconds since 1970, as the REST API gives them. */
export interface SecretVersion {
  version: string;
  value: string;
  created: number;
}

/** A secret with all its versions, oldest first; the last one is the current one. */
export interface StoredSecret {
  name: string;
  versions: SecretVersion[];
}

/** Named secrets and their versions. Names are compared without regard to case, as Key Vault does. */
export interface SecretStore {
  /** The current version, or the one asked for; `undefined` when there is none. */
  get(name: string, version?: string): { name: string; secret: SecretVersion } | undefined;
  /** Adds a version, which becomes the current one; durable when the call returns. */
  set(name: string, value: string): { name: string; secret: SecretVersion };
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

  return {
    get(name, version) {
      const stored = secrets.get(name.toLowerCase());
      const secret =
        version === undefined
          ? stored?.versions.at(-1)
          : stored?.versions.find((each) => each.version === version);
      return stored && secret && { name: stored.name, secret };
    },
    set(name, value) {
      const secret = { version: newVersion(), value, created: Math.floor(now() / 1000) };
      const stored = secrets.get(name.toLowerCase()) ?? { name, versions: [] };
      const changed = new Map(secrets);
      changed.set(name.toLowerCase(), { name: stored.name, versions: [...stored.versions, secret] });
      // The file first: a secret that could not be stored is never handed out.
      writeFileAtomically(
        path,
        `${JSON.stringify({ schema: SCHEMA, secrets: [...changed.values()] }, null, 2)}\n`,
      );
      secrets = changed;
      return { name: stored.name, secret };
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
    typeof value.created === "number"
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
