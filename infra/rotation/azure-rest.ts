import { setTimeout as sleep } from "node:timers/promises";

/** Gets tokens; what `@azure/identity`'s credentials are. */
export interface TokenSource {
  getToken(scope: string): Promise<{ readonly token: string; readonly expiresOnTimestamp?: number } | null>;
}

export interface AzureRestOptions {
  /** Where the interface is, without a path at its end. */
  readonly url: string;
  /** Such as `https://vault.azure.net/.default`. */
  readonly scope: string;
  readonly credential: TokenSource;
  /** How long one call may take, in milliseconds; 30,000. */
  readonly timeoutMs?: number;
  /** Waits, in milliseconds; for tests. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

export type Method = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";

export interface AzureRest {
  /**
   * Calls the interface and follows an operation that takes longer (202) to its end.
   * @param path with its query
   * @returns the answer's members; none when it has no content
   * @throws {AzureRestError}
   */
  call(method: Method, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>>;
}

/** An answer of Azure that is no success. Names the call and Azure's error code, and no value that was sent or answered. */
export class AzureRestError extends Error {
  override readonly name = "AzureRestError";
  readonly status: number;
  /** Azure's code, such as `ResourceNotFound`. */
  readonly code: string | undefined;

  constructor(call: string, status: number, code: string | undefined) {
    super(`${call} was answered with ${status}${code === undefined ? "" : ` ${code}`}.`);
    this.status = status;
    this.code = code;
  }
}

const MOST_TRIES = 5;
const LONGEST_OPERATION_MS = 30 * 60_000;
/** Throttled, or away for a moment. */
const WORTH_A_TRY = new Set([408, 429, 500, 502, 503, 504]);

/**
 * A client of Azure's REST interfaces. What is throttled or away is tried again after the time that the answer names
 * (Microsoft Learn, "Understand how Azure Resource Manager throttles requests"); what is accepted is asked after
 * ("Track asynchronous Azure operations").
 */
export function azureRest({
  url,
  scope,
  credential,
  timeoutMs = 30_000,
  wait = sleep,
}: AzureRestOptions): AzureRest {
  const ask = (method: Method, target: string, token: string, body?: unknown): Promise<Response> =>
    fetch(target, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: "error",
    });
  const token = signIn(credential, scope);
  const askAgain = async (method: Method, target: string, body?: unknown): Promise<Response> => {
    for (let tries = 1; ; tries++) {
      const answer = await ask(method, target, await token(), body).catch((error: unknown) => {
        if (tries < MOST_TRIES) return undefined;
        throw new Error(`${method} ${nameOf(new URL(target).pathname)} got no answer.`, { cause: error });
      });
      if (answer && (!WORTH_A_TRY.has(answer.status) || tries >= MOST_TRIES)) return answer;
      await answer?.body?.cancel();
      await wait(retryAfterMs(answer, tries));
    }
  };
  return {
    async call(method, path, body) {
      const name = `${method} ${nameOf(path)}`;
      let answer = await askAgain(method, `${url}${path}`, body);
      const until = Date.now() + LONGEST_OPERATION_MS;
      while (answer.status === 202) {
        const place = answer.headers.get("azure-asyncoperation") ?? answer.headers.get("location");
        if (place === null) break;
        const next = new URL(place, url).href;
        if (Date.now() > until) throw new Error(`${name} has not ended after 30 minutes.`);
        await wait(retryAfterMs(answer, 1));
        const poll = await askAgain("GET", next);
        const { status } = poll.status === 200 ? membersOf(await poll.clone().text()) : {};
        if (status === "Failed" || status === "Canceled") throw new AzureRestError(name, 200, status);
        // Only an operation's own page tells how it stands; the resource's page tells by being there.
        answer = status === undefined || status === "Succeeded" ? poll : accepted(next, poll);
      }
      const content = membersOf(await answer.text());
      if (answer.ok) return content;
      throw new AzureRestError(name, answer.status, codeOf(content));
    },
  };
}

/** The credential's own message is a page long, and may quote what it was answered. */
function signIn(credential: TokenSource, scope: string): () => Promise<string> {
  let kept: { readonly token: string; readonly until: number } | undefined;
  return async () => {
    if (kept && Date.now() < kept.until) return kept.token;
    const { token, expiresOnTimestamp = 0 } = await tokenOf(credential, scope);
    kept = { token, until: expiresOnTimestamp - TOKEN_MARGIN_MS };
    return token;
  };
}

const TOKEN_MARGIN_MS = 120_000;

async function tokenOf(
  credential: TokenSource,
  scope: string,
): Promise<{ readonly token: string; readonly expiresOnTimestamp?: number }> {
  const token = await credential.getToken(scope).catch((error: unknown) => {
    throw new Error(
      `Nobody is signed in who gets a token for ${scope}: az login, or the pipeline's identity.`,
      {
        cause: error,
      },
    );
  });
  if (token) return token;
  throw new Error(`There is no token for ${scope}.`);
}

function accepted(next: string, poll: Response): Response {
  const wait = poll.headers.get("retry-after");
  const headers = { "azure-asyncoperation": next, ...(wait !== null && { "retry-after": wait }) };
  return new Response(null, { status: 202, headers });
}

/** Seconds that the answer names, or longer from try to try. */
function retryAfterMs(answer: Response | undefined, tries: number): number {
  const seconds = Number(answer?.headers.get("retry-after"));
  return seconds > 0 ? Math.min(seconds, 60) * 1000 : 500 * 2 ** (tries - 1);
}

/** The path without its query, and of a resource's address what comes behind the provider. */
function nameOf(path: string): string {
  const [address = ""] = path.split("?", 1);
  return /\/providers\/(.+)$/.exec(address)?.[1] ?? address;
}

function codeOf({ error }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" && /^\w{1,60}$/.test(error.code) ? error.code : undefined;
}

function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
