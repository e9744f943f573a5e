import { Pool } from "undici";
import type { Clock } from "../clock.ts";
import { nameOfError } from "../telemetry/log.ts";
import { withinDeadline } from "../within-deadline.ts";
import { SecretUnavailableError } from "./secret-store.ts";
import type { Secret, SecretStore } from "./secret-store.ts";

export interface KeyVaultOptions {
  /** The vault's address, without a path. */
  readonly url: string;
  /** A token for `https://vault.azure.net`. */
  readonly token: () => Promise<string>;
  readonly clock: Clock;
  readonly timeoutMs?: number;
  /** How long a value is kept; 30,000. */
  readonly maxAgeMs?: number;
}

const API_VERSION = "7.4";
const MAX_AGE_MS = 30_000;

/**
 * Reads secrets from Azure Key Vault by REST (Get Secret, api-version 7.4). A value is kept for 30 s, so that a rotated
 * key is found within that time; readers of the same moment share one request.
 */
export function keyVault({
  url,
  token,
  clock,
  timeoutMs = 3_000,
  maxAgeMs = MAX_AGE_MS,
}: KeyVaultOptions): SecretStore {
  const pool = new Pool(url, { connections: 1, connect: { timeout: timeoutMs } });
  const secrets = new Map<string, Secret>();
  return {
    secret(name) {
      const known = secrets.get(name);
      if (known) return known;
      const secret = cached(() => fetchSecret(pool, name, token, timeoutMs), clock, maxAgeMs);
      secrets.set(name, secret);
      return secret;
    },
  };
}

function cached(fetch: () => Promise<string>, clock: Clock, maxAgeMs: number): Secret {
  let known: { value: string; readAt: number } | undefined;
  let underWay: Promise<string> | undefined;
  const refresh = () =>
    (underWay ??= fetch()
      .then((value) => {
        known = { value, readAt: clock.now().getTime() };
        return value;
      })
      .finally(() => (underWay = undefined)));
  return {
    refresh,
    value: () =>
      known && clock.now().getTime() - known.readAt < maxAgeMs ? Promise.resolve(known.value) : refresh(),
  };
}

async function fetchSecret(
  pool: Pool,
  name: string,
  token: () => Promise<string>,
  timeoutMs: number,
): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const { statusCode, body } = await pool.request({
      method: "GET",
      path: `/secrets/${name}?api-version=${API_VERSION}`,
      headers: { authorization: `Bearer ${await withinDeadline(token(), signal)}` },
      signal,
    });
    const answer: unknown = await body.json();
    if (statusCode !== 200)
      throw new SecretUnavailableError(`The vault answered ${statusCode} for secret ${name}.`);
    if (
      typeof answer === "object" &&
      answer !== null &&
      "value" in answer &&
      typeof answer.value === "string"
    ) {
      return answer.value;
    }
    throw new SecretUnavailableError(`The vault's answer for secret ${name} has no value.`);
  } catch (error) {
    if (error instanceof SecretUnavailableError) throw error;
    // The cause by its name alone: the message of a parser's error repeats what was read.
    throw new SecretUnavailableError(`Secret ${name} cannot be read from the vault.`, {
      cause: nameOfError(error),
    });
  }
}
