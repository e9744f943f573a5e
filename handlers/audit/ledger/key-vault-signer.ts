import { Pool } from "undici";
import { withinDeadline } from "../../../runtime/within-deadline.ts";
import type { CheckpointSigner, SigningKey } from "./checkpoint-signer.ts";

export interface KeyVaultSignerOptions {
  /** The vault's address, without a path. */
  readonly url: string;
  /** The key's name, `audit-signing-key`. */
  readonly name: string;
  /** A token for `https://vault.azure.net`. */
  readonly token: () => Promise<string>;
  readonly timeoutMs?: number;
}

/** A vault that does not sign. Names the key and the vault's status, nothing else. */
export class SigningError extends Error {
  override readonly name = "SigningError";
}

const API_VERSION = "7.4";

/** Signs with a key of Azure Key Vault by REST (Get Key and Sign, api-version 7.4). */
export function keyVaultSigner(options: KeyVaultSignerOptions): CheckpointSigner {
  const { url, name, token, timeoutMs = 5_000 } = options;
  const pool = new Pool(url, { connections: 1, connect: { timeout: timeoutMs } });
  const request = async (method: "GET" | "POST", path: string, content?: unknown): Promise<unknown> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const { statusCode, body } = await pool.request({
      method,
      path: `/keys/${name}${path}?api-version=${API_VERSION}`,
      headers: {
        authorization: `Bearer ${await withinDeadline(token(), signal)}`,
        ...(content !== undefined && { "content-type": "application/json" }),
      },
      ...(content !== undefined && { body: JSON.stringify(content) }),
      signal,
    });
    const answer: unknown = await body.json().catch(() => undefined);
    if (statusCode !== 200) throw new SigningError(`The vault answered ${statusCode} for key ${name}.`);
    return answer;
  };
  return {
    current: async () => signingKey(name, await request("GET", "")),
    async sign(version, digest) {
      const content = { alg: "ES256", value: digest.toString("base64url") };
      const { value } = membersOf(await request("POST", `/${version}/sign`, content));
      if (typeof value !== "string")
        throw new SigningError(`The vault's signature of key ${name} has no value.`);
      return value;
    },
  };
}

function signingKey(name: string, answer: unknown): SigningKey {
  const { kid, kty, crv, x, y } = membersOf(membersOf(answer).key);
  const version = typeof kid === "string" ? /\/keys\/[^/]+\/([^/]+)$/.exec(kid)?.[1] : undefined;
  const isP256 = (kty === "EC" || kty === "EC-HSM") && crv === "P-256";
  if (version === undefined || !isP256 || typeof x !== "string" || typeof y !== "string")
    throw new SigningError(`Key ${name} is no P-256 key.`);
  return { version, key: { kty: "EC", crv: "P-256", x, y } };
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
