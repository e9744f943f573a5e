import { createHash, randomBytes } from "node:crypto";

import { isEqualSecret } from "./is-equal-secret.ts";

/** A managed identity of the local platform. */
export interface Identity {
  name: string;
  /** A UUID made from the name, so that it is the same after every start. */
  clientId: string;
  /** Secret names that it may read; `"*"` opens every operation of the vault. */
  grants: ReadonlySet<string>;
  /** Names of keys whose public part it may read and that sign for it. */
  keys: ReadonlySet<string>;
}

/** The identities that the platform grants something, and the header value that stands for each. */
export interface Identities {
  byClientId(clientId: string): Identity | undefined;
  byHeader(header: string): Identity | undefined;
  /** @throws Error naming the identity when nothing is granted to it */
  headerOf(name: string): string;
}

/**
 * Gives each identity a client id and an unguessable header value: what App Service puts into `IDENTITY_HEADER` of the
 * one process that may be that identity.
 *
 * @param grants secret names by identity
 * @param keyGrants key names by identity
 */
export function createIdentities(
  grants: Record<string, string[]>,
  keyGrants: Record<string, string[]> = {},
): Identities {
  const entries = Object.entries(grants).map(([name, secrets]) => ({
    identity: {
      name,
      clientId: clientIdOf(name),
      grants: lowerCase(secrets),
      keys: lowerCase(keyGrants[name] ?? []),
    },
    header: randomBytes(32).toString("hex"),
  }));
  return {
    byClientId: (clientId) => entries.find((entry) => entry.identity.clientId === clientId)?.identity,
    byHeader: (header) => entries.find((entry) => isEqualSecret(entry.header, header))?.identity,
    headerOf(name) {
      const entry = entries.find((each) => each.identity.name === name);
      if (entry) return entry.header;
      const known = entries.map((each) => each.identity.name).join(", ");
      throw new Error(`key vault: no identity "${name}" has grants; expected one of: ${known}`);
    },
  };
}

function clientIdOf(name: string): string {
  const digest = createHash("sha256").update(`specimen identity ${name}`).digest("hex");
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `a${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join("-");
}

function lowerCase(names: readonly string[]): Set<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}
