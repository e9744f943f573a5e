import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the platform writes for its operator, as a test uses it. */
export interface Operator {
  readonly vaultUrl: string;
  readonly resourceManagerUrl: string;
  readonly subscriptionId: string;
  readonly gatewayUrl: string;
  readonly apps: Readonly<Record<string, { readonly url: string; readonly site: string }>>;
  /** The value of a secret now, or of a version; undefined when there is none. */
  secret(name: string): Promise<string | undefined>;
  /** Asks the vault as the operator. */
  vault(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
}

export function operatorOf(stateDirectory: string): Operator {
  const file = JSON.parse(readFileSync(join(stateDirectory, "operator.json"), "utf8")) as Omit<
    Operator,
    "secret" | "vault"
  > & { readonly identityEndpoint: string; readonly identityHeader: string };
  let token: { readonly value: Promise<string>; readonly at: number } | undefined;
  const tokenNow = (): Promise<string> => {
    if (token && Date.now() - token.at < 300_000) return token.value;
    token = { value: tokenOf(file.identityEndpoint, file.identityHeader), at: Date.now() };
    return token.value;
  };
  const vault: Operator["vault"] = async (method, path, body) => {
    const answer = await fetch(`${file.vaultUrl}${path}?api-version=7.4`, {
      method,
      headers: { authorization: `Bearer ${await tokenNow()}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };
  return {
    ...file,
    vault,
    async secret(name) {
      const { status, body } = await vault("GET", `/secrets/${name}`);
      return status === 200 ? (body as { value: string }).value : undefined;
    },
  };
}

/** A token of an identity, as a process that has its header gets it. */
export async function tokenOf(
  endpoint: string,
  header: string,
  resource = "https://vault.azure.net",
): Promise<string> {
  const url = `${endpoint}?api-version=2019-08-01&resource=${resource}`;
  const answer = await fetch(url, { headers: { "x-identity-header": header } });
  if (!answer.ok) throw new Error(`The identity endpoint answered ${answer.status}.`);
  return ((await answer.json()) as { access_token: string }).access_token;
}
