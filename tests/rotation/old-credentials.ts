import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Operator } from "./operator.ts";

/** What opened something before a rotation, and must not any more after it. */
export interface OldCredential {
  readonly name: string;
  /** Whether it still opens what it opened. */
  readonly opens: () => Promise<boolean>;
}

/** How long an old key may go on opening after the end of its rotation. */
export const LONGEST_SECONDS = 60;

/** Takes note of what a secret opens now, each kind in its own way. */
export async function oldCredential(name: string, operator: Operator): Promise<OldCredential> {
  if (name.endsWith("-signing-key")) return oldSigningKey(name, operator);
  if (name.endsWith("-hash-key")) return oldCursor(name, operator);
  const value = (await operator.secret(name)) ?? publishedKeys[name] ?? "";
  if (value === "") throw new Error(`There is no value of ${name} to begin with.`);
  const target = name.startsWith("subscription-")
    ? { url: operator.gatewayUrl, header: "ocp-apim-subscription-key" }
    : { url: operator.apps[name.split("-")[0] ?? ""]?.url ?? "", header: "x-functions-key" };
  const path = name.includes("audit") ? "/audit/checkpoints/latest" : "/patient/no-id";
  return {
    name,
    opens: async () => {
      const answer = await fetch(`${target.url}${path}`, { headers: { [target.header]: value } });
      await answer.body?.cancel();
      return answer.status !== 401;
    },
  };
}

/** Before a subscription's first rotation its key is the published one. */
const publishedKeys: Readonly<Record<string, string>> = {
  "subscription-local-partner": "local-partner-key",
  "subscription-local-auditor": "local-auditor-key",
};

/** @returns the seconds that it took until it opened nothing. @throws when it still does after {@link LONGEST_SECONDS} */
export async function secondsUntilRefused({ name, opens }: OldCredential): Promise<number> {
  const begin = performance.now();
  const seconds = () => (performance.now() - begin) / 1000;
  while (await opens()) {
    if (seconds() > LONGEST_SECONDS)
      throw new Error(`The old key of ${name} still opens after ${LONGEST_SECONDS} s.`);
    await sleep(100);
  }
  return seconds();
}

async function oldSigningKey(name: string, operator: Operator): Promise<OldCredential> {
  const { body } = await operator.vault("GET", `/keys/${name}`);
  const { kid } = (body as { key: { kid: string } }).key;
  const value = createHash("sha256").update("anything").digest("base64url");
  return {
    name,
    opens: async () =>
      (await operator.vault("POST", `${new URL(kid).pathname}/sign`, { alg: "ES256", value })).status !== 403,
  };
}

/** A cursor that the old key has signed. */
async function oldCursor(name: string, operator: Operator): Promise<OldCredential> {
  const isAudit = name.startsWith("audit");
  const product = isAudit ? "auditor" : "partner";
  const key = async () =>
    (await operator.secret(`subscription-local-${product}`)) ??
    publishedKeys[`subscription-local-${product}`] ??
    "";
  const ask = async (path: string) =>
    fetch(`${operator.gatewayUrl}${path}`, {
      method: isAudit ? "GET" : "POST",
      headers: { "ocp-apim-subscription-key": await key(), "content-type": "application/json" },
      ...(!isAudit && { body: "{}" }),
    });
  const first = await ask(isAudit ? "/audit/records?limit=1" : "/patient/search?limit=1");
  await first.body?.cancel();
  const next = /^<([^>]+)>/.exec(first.headers.get("link") ?? "")?.[1];
  if (next === undefined) throw new Error(`There is no second page for a cursor of ${name}.`);
  return {
    name,
    opens: async () => {
      const answer = await ask(next);
      await answer.body?.cancel();
      if (answer.status !== 200 && answer.status !== 400)
        throw new Error(`A page of ${name} was answered with ${answer.status}.`);
      return answer.status === 200;
    },
  };
}
