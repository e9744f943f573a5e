import { AzureRestError } from "./azure-rest.ts";
import type { AzureRest } from "./azure-rest.ts";
import { membersOf } from "./members-of.ts";

/** The newest version of a secret. */
export interface VaultSecret {
  readonly value: string;
  /** What a rotation left for the next run to read; see the tags that each kind writes. */
  readonly tags: Readonly<Record<string, string>>;
  readonly version: string;
  /** Seconds since 1970. */
  readonly created: number;
}

/** One version of a signing key. */
export interface KeyVersion {
  readonly version: string;
  readonly enabled: boolean;
}

/** What a rotation needs of Key Vault. */
export interface Vault {
  /** Undefined when there is no such secret. */
  secret(name: string): Promise<VaultSecret | undefined>;
  /** Adds a version, which becomes the current one, and is to be rotated in time unless it is kept for ever. */
  setSecret(
    name: string,
    value: string,
    tags: Readonly<Record<string, string>>,
    options?: { readonly forEver: boolean },
  ): Promise<void>;
  /** Replaces the tags of a version. */
  setTags(name: string, version: string, tags: Readonly<Record<string, string>>): Promise<void>;
  /** All versions of a key, the current one first. */
  keyVersions(name: string): Promise<readonly KeyVersion[]>;
  /** The public part of a version: its coordinates, base64url. */
  publicKey(name: string, version: string): Promise<{ readonly x: string; readonly y: string }>;
  rotateKey(name: string): Promise<void>;
  disableKey(name: string, version: string): Promise<void>;
}

const API_VERSION = "api-version=7.4";

/** How long a secret is good for: an alert says when its end is near, and it is time for a rotation. */
const LIFETIME_DAYS = 180;

/**
 * Key Vault by its REST interface.
 * @param now milliseconds since 1970
 * @see https://learn.microsoft.com/rest/api/keyvault/
 */
export function vaultOf(rest: AzureRest, now: () => number = Date.now): Vault {
  const expires = () => Math.floor(now() / 1000) + LIFETIME_DAYS * 86_400;
  return {
    async secret(name) {
      const answer = await rest.call("GET", `/secrets/${name}?${API_VERSION}`).catch((error: unknown) => {
        if (error instanceof AzureRestError && error.status === 404) return undefined;
        throw error;
      });
      return answer && secretOf(name, answer);
    },
    async setSecret(name, value, tags, { forEver } = { forEver: false }) {
      const attributes = forEver ? {} : { exp: expires() };
      await rest.call("PUT", `/secrets/${name}?${API_VERSION}`, { value, tags, attributes });
    },
    async setTags(name, version, tags) {
      await rest.call("PATCH", `/secrets/${name}/${version}?${API_VERSION}`, { tags });
    },
    async keyVersions(name) {
      const { key } = await rest.call("GET", `/keys/${name}?${API_VERSION}`);
      const current = versionOf(membersOf(key).kid);
      const versions = (await all(rest, `/keys/${name}/versions?${API_VERSION}`)).map((one) =>
        keyVersionOf(name, one),
      );
      return [
        ...versions.filter(({ version }) => version === current),
        ...versions.filter(({ version }) => version !== current),
      ];
    },
    async publicKey(name, version) {
      const { key } = await rest.call("GET", `/keys/${name}/${version}?${API_VERSION}`);
      const { x, y } = membersOf(key);
      if (typeof x !== "string" || typeof y !== "string")
        throw new Error(`Key ${name} is no elliptic-curve key.`);
      return { x, y };
    },
    async rotateKey(name) {
      await rest.call("POST", `/keys/${name}/rotate?${API_VERSION}`, {});
    },
    async disableKey(name, version) {
      await rest.call("PATCH", `/keys/${name}/${version}?${API_VERSION}`, { attributes: { enabled: false } });
    },
  };
}

/** The pages of a list. */
async function all(rest: AzureRest, path: string): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const { value, nextLink }: Readonly<Record<string, unknown>> = await rest.call("GET", next);
    if (Array.isArray(value)) found.push(...(value as unknown[]));
    next = typeof nextLink === "string" && nextLink !== "" ? pathOf(nextLink) : undefined;
  }
  return found;
}

function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return `${pathname}${search}`;
}

function secretOf(name: string, answer: Readonly<Record<string, unknown>>): VaultSecret {
  const { value, id } = answer;
  const { created } = membersOf(answer.attributes);
  const version = versionOf(id);
  if (typeof value !== "string" || version === undefined || typeof created !== "number")
    throw new Error(`The vault's answer for secret ${name} is none of Key Vault's.`);
  const tags = Object.entries(membersOf(answer.tags)).filter(
    (tag): tag is [string, string] => typeof tag[1] === "string",
  );
  return { value, version, created, tags: Object.fromEntries(tags) };
}

function keyVersionOf(name: string, item: unknown): KeyVersion {
  const { kid, attributes } = membersOf(item);
  const { enabled } = membersOf(attributes);
  const version = versionOf(kid);
  if (version === undefined || typeof enabled !== "boolean")
    throw new Error(`The vault's answer for the versions of key ${name} is none of Key Vault's.`);
  return { version, enabled };
}

/** The last part of an id. */
function versionOf(id: unknown): string | undefined {
  return typeof id === "string" ? id.split("/").at(-1) : undefined;
}
