import type { GatewayRuntime } from "../gateway-runtime.ts";
import { PolicyFailure } from "../pipeline/policy-failure.ts";
import type { BackendPools } from "./backend-pools.ts";
import { callBackend } from "./call-backend.ts";

/** The App Service identity endpoint: its address, and the secret that `X-IDENTITY-HEADER` carries. */
export interface IdentityEndpoint {
  readonly endpoint: string;
  readonly header: string;
}

/** Milliseconds before its expiry at which a token is fetched anew, so that none expires on its way. */
const margin = 5_000;
const answerLimit = 64 * 1024;

/**
 * Tokens of the gateway's own identity, one for each resource, kept until they expire. Callers that wait for the same token
 * share one fetch.
 *
 * Source: Microsoft Learn, "How to use managed identities for App Service and Azure Functions", "REST endpoint reference",
 * protocol version 2019-08-01.
 */
export class ManagedIdentity {
  readonly #identity: IdentityEndpoint;
  readonly #pools: BackendPools;
  readonly #runtime: GatewayRuntime;
  readonly #tokens = new Map<string, { readonly token: string; readonly until: number }>();
  readonly #fetches = new Map<string, Promise<string>>();

  constructor(identity: IdentityEndpoint, pools: BackendPools, runtime: GatewayRuntime) {
    this.#identity = identity;
    this.#pools = pools;
    this.#runtime = runtime;
  }

  /**
   * @param resource what the token is for: `https://vault.azure.net`
   * @param clientId of a user-assigned identity; empty for the system-assigned one
   * @returns the access token
   * @throws PolicyFailure when the endpoint gives none
   */
  async token(resource: string, clientId: string): Promise<string> {
    const key = `${clientId} ${resource}`;
    const known = this.#tokens.get(key);
    if (known && known.until - margin > this.#runtime.now()) return known.token;
    const fetch = this.#fetches.get(key) ?? this.#fetch(key, resource, clientId);
    this.#fetches.set(key, fetch);
    try {
      return await fetch;
    } finally {
      this.#fetches.delete(key);
    }
  }

  async #fetch(key: string, resource: string, clientId: string): Promise<string> {
    const url = new URL(this.#identity.endpoint);
    url.searchParams.set("api-version", "2019-08-01");
    url.searchParams.set("resource", resource);
    if (clientId !== "") url.searchParams.set("client_id", clientId);
    const call = callBackend({
      pool: this.#pools.pool(url.origin),
      method: "GET",
      path: `${url.pathname}${url.search}`,
      headers: ["X-IDENTITY-HEADER", this.#identity.header],
      body: null,
      timeout: 10_000,
      source,
    });
    const response = await call.response;
    const body = (await response.content.stream?.collect(answerLimit)) ?? Buffer.alloc(0);
    if (response.statusCode !== 200) throw noToken(`the identity endpoint answered ${response.statusCode}`);
    const answer = readAnswer(body);
    this.#tokens.set(key, answer);
    return answer.token;
  }
}

const source = "authentication-managed-identity";

function readAnswer(body: Buffer): { token: string; until: number } {
  const answer = parse(body);
  if (typeof answer === "object" && answer !== null && "access_token" in answer && "expires_on" in answer) {
    const until = Number(answer.expires_on) * 1000;
    if (typeof answer.access_token === "string" && Number.isFinite(until))
      return { token: answer.access_token, until };
  }
  throw noToken("the identity endpoint's answer holds no access_token and expires_on");
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
}

function noToken(message: string): PolicyFailure {
  return new PolicyFailure({ source, reason: "TokenNotAcquired", message });
}
