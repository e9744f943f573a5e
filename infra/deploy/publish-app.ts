import { setTimeout as sleep } from "node:timers/promises";
import type { TokenSource } from "../rotation/azure-rest.ts";

export interface PublishOptions {
  /** The app's deployment site, such as `https://specimen-dev-patient.scm.azurewebsites.net`. Answers within the network alone. */
  readonly siteUrl: string;
  readonly credential: TokenSource;
  readonly package: Uint8Array;
  /** Waits, in milliseconds; for tests. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** The site takes a token of Azure Resource Manager: no password of its own is switched on. */
const SCOPE = "https://management.azure.com/.default";
const LONGEST_MS = 10 * 60_000;
const POLL_MS = 3_000;

/** As the deployment site numbers them (https://github.com/projectkudu/kudu/wiki/REST-API#deployment). */
const SUCCEEDED = 4;
const ENDED_OTHERWISE: Readonly<Record<number, string>> = {
  [-1]: "was cancelled",
  3: "failed",
  5: "was refused for another that is under way",
  6: "succeeded in part",
};

/**
 * Publishes a package by "one deploy", the way of Flex Consumption: the site puts it into the app's deployment container with
 * the app's identity and starts the app anew. The package is used as it is, nothing is built there.
 * @see https://learn.microsoft.com/azure/azure-functions/functions-deployment-technologies#one-deploy
 */
export async function publishApp(options: PublishOptions): Promise<void> {
  const { siteUrl, credential, wait = sleep } = options;
  const ask = async (path: string, content?: Uint8Array): Promise<Response> => {
    const token = await credential.getToken(SCOPE).catch(() => null);
    if (!token) throw new Error(`Nobody is signed in who gets a token for ${SCOPE}: az login.`);
    const authorization = `Bearer ${token.token}`;
    return fetch(`${siteUrl}${path}`, {
      ...(content
        ? {
            method: "POST",
            headers: { authorization, "content-type": "application/zip" },
            body: Uint8Array.from(content),
          }
        : { headers: { authorization } }),
      redirect: "error",
      signal: AbortSignal.timeout(120_000),
    }).catch((error: unknown) => {
      throw new Error(`${siteUrl} cannot be reached: it answers within the network alone.`, { cause: error });
    });
  };
  const published = await ask("/api/publish?RemoteBuild=false", options.package);
  const id = (await published.text()).trim().replaceAll('"', "");
  if (published.status !== 202 && published.status !== 200)
    throw new Error(`${siteUrl} answered ${published.status} to the package.`);
  const deployment = `/api/deployments/${/^[\w-]{1,64}$/.test(id) ? id : "latest"}`;
  for (let waited = 0; waited < LONGEST_MS; waited += POLL_MS) {
    const status = await statusOf(await ask(deployment));
    if (status === SUCCEEDED) return;
    const otherwise = status === undefined ? undefined : ENDED_OTHERWISE[status];
    if (otherwise !== undefined)
      throw new Error(`The deployment ${otherwise}; ${siteUrl}${deployment}/log says why.`);
    await wait(POLL_MS);
  }
  throw new Error(
    `The deployment has not ended after ${LONGEST_MS / 60_000} minutes: ${siteUrl}${deployment}.`,
  );
}

/** Undefined while it is not known yet: the site starts anew on the way, and answers 404 or 503 meanwhile. */
async function statusOf(answer: Response): Promise<number | undefined> {
  const text = await answer.text();
  if (answer.status === 401 || answer.status === 403)
    throw new Error(`The deployment site answered ${answer.status} when it was asked how it goes.`);
  try {
    const value: unknown = JSON.parse(text);
    const status =
      typeof value === "object" && value !== null && "status" in value ? value.status : undefined;
    return answer.ok && typeof status === "number" ? status : undefined;
  } catch {
    return undefined;
  }
}
