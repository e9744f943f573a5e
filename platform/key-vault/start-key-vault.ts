import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { createAccessTokens } from "./access-tokens.ts";
import { answerIdentityRequest, STORAGE_RESOURCE } from "./answer-identity-request.ts";
import { answerKeyRequest } from "./answer-key-request.ts";
import { answerVaultRequest, SECRET_NAME, type VaultContext } from "./answer-vault-request.ts";
import { vaultError, type Answer } from "./answer.ts";
import { BadParameter } from "./bad-parameter.ts";
import { createIdentities } from "./identities.ts";
import { openKeyStore } from "./key-store.ts";
import { readText } from "./read-text.ts";
import { openSecretStore, type SecretStore } from "./secret-store.ts";

/** Settings of the local key vault. */
export interface KeyVaultOptions {
  /** Where `secrets.json` and `keys.json` live; created when absent. */
  directory: string;
  /** TCP port on 127.0.0.1. Default: any free one. */
  port?: number;
  /**
   * Secrets that must exist. A function makes the value when the secret is absent; a plain string is also set again,
   * as a new version, when the stored value differs.
   */
  seed: Record<string, string | (() => string)>;
  /** Secret names each identity may read; `"*"` (the operator) may read, set and list all of them. */
  grants: Record<string, string[]>;
  /** Signing keys that must exist; one that is absent is made. Default: none. */
  seedKeys?: string[];
  /** Key names that sign for each identity. Default: none. */
  keyGrants?: Record<string, string[]>;
  /** How long an access token is valid. Default: 900 s. */
  tokenLifetimeSeconds?: number;
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number;
}

/** A running key vault, with the identity endpoint beside it. */
export interface KeyVault {
  /** Base address of the vault: `KEY_VAULT_URL` of the apps. */
  url: string;
  /** `IDENTITY_ENDPOINT` of every process. */
  identityEndpoint: string;
  /**
   * `IDENTITY_HEADER` of the one process that may be this identity.
   *
   * @throws Error when nothing is granted to it
   */
  identityHeader(identity: string): string;
  /**
   * The current value, for the platform's own wiring.
   *
   * @throws Error when there is no such secret
   */
  secret(name: string): string;
  /** As {@link secret}; undefined when there is none. */
  findSecret(name: string): string | undefined;
  /**
   * The name of the identity that a token of the identity endpoint stands for; `undefined` when the token is not genuine
   * or was issued for another resource, such as `https://management.azure.com`.
   */
  identityOfToken(token: string, resource: string): string | undefined;
  /** {@link identityOfToken} for blob storage. */
  identityOfStorageToken(token: string): string | undefined;
  close(): Promise<void>;
}

/**
 * Starts the secrets and signing parts of Key Vault's REST API and App Service's identity endpoint, on one HTTP server on 127.0.0.1.
 * Secrets and keys survive a restart; tokens and identity headers do not.
 *
 * @throws Error naming the file or the port when either cannot be had
 */
export async function startKeyVault(options: KeyVaultOptions): Promise<KeyVault> {
  const now = options.now ?? Date.now;
  const store = openSecretStore(options.directory, now);
  const keys = openKeyStore(options.directory, now);
  const identities = createIdentities(options.grants, options.keyGrants);
  const tokens = createAccessTokens(options.tokenLifetimeSeconds ?? 900, now);
  seedSecrets(store, options.seed);
  for (const name of options.seedKeys ?? []) if (!keys.get(name)) keys.create(name);

  const server = createServer();
  const url = await listen(server, options.port ?? 0);
  const vault: VaultContext = { url, store, keys, identities, tokens };
  server.on("request", (request, response) => {
    answer(request, vault).then(
      (result) => send(response, result),
      (error: unknown) => send(response, describeFailure(error)),
    );
  });

  const identityOfToken = (token: string, resource: string) => {
    const verified = tokens.verify(token, resource);
    return "clientId" in verified ? identities.byClientId(verified.clientId)?.name : undefined;
  };
  return {
    url,
    identityEndpoint: `${url}/msi/token`,
    identityHeader: (identity) => identities.headerOf(identity),
    secret: (name) => valueOf(store, name),
    findSecret: (name) => store.get(name)?.secret.value,
    identityOfToken,
    identityOfStorageToken: (token) => identityOfToken(token, STORAGE_RESOURCE),
    close: () => closeServer(server),
  };
}

function seedSecrets(store: SecretStore, seed: KeyVaultOptions["seed"]): void {
  for (const [name, value] of Object.entries(seed)) {
    if (!SECRET_NAME.test(name))
      throw new Error(`key vault: "${name}" is no name for a secret; expected letters, digits and dashes`);
    const current = store.get(name)?.secret.value;
    if (typeof value === "function" ? current === undefined : current !== value) {
      store.set(name, typeof value === "function" ? value() : value);
    }
  }
}

function valueOf(store: SecretStore, name: string): string {
  const found = store.get(name);
  if (!found) throw new Error(`key vault: there is no secret "${name}"`);
  return found.secret.value;
}

async function answer(request: IncomingMessage, vault: VaultContext): Promise<Answer> {
  const target = request.url ?? "/";
  const method = request.method ?? "GET";
  if (!URL.canParse(target, vault.url)) return vaultError(400, "BadParameter", "The request URI is invalid.");
  const { pathname, searchParams: query } = new URL(target, vault.url);
  if (pathname === "/msi/token") {
    const header = request.headers["x-identity-header"];
    const identityHeader = typeof header === "string" ? header : undefined;
    return answerIdentityRequest({ method, query, identityHeader }, vault.identities, vault.tokens);
  }
  const [room, ...segments] = pathname.slice(1).split("/");
  const { authorization } = request.headers;
  const vaultRequest = { method, segments, query, authorization, readBody: () => readText(request) };
  if (room === "secrets") return answerVaultRequest(vaultRequest, vault);
  if (room === "keys") return answerKeyRequest(vaultRequest, vault);
  return vaultError(404, "NotFound", "The requested resource was not found.");
}

/** Any other error is a fault of the vault; its message could quote a request. */
function describeFailure(error: unknown): Answer {
  return error instanceof BadParameter
    ? vaultError(400, "BadParameter", error.message)
    : vaultError(500, "InternalError", "An internal error occurred.");
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-cache",
    ...headers,
  });
  response.end(text);
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(new Error(`key vault: cannot listen on port ${port}: ${error.message}`)),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("key vault: the server has no address");
  return `http://127.0.0.1:${address.port}`;
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
