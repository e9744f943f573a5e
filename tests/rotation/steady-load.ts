import { setTimeout as sleep } from "node:timers/promises";
import { somebody } from "../support/people.ts";

export interface LoadOptions {
  readonly gateway: string;
  /** The key that a client uses for a product now; asked every {@link KEY_AGE_MS}. */
  readonly keyOf: (product: "partner" | "auditor") => Promise<string>;
  /** Requests that are under way at once. */
  readonly clients: number;
}

/** A request that was not served as it would be on any other day. */
export interface Failure {
  readonly operation: string;
  readonly status: number | string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface SteadyLoad {
  readonly served: () => number;
  readonly failures: readonly Failure[];
  stop(): Promise<void>;
}

/** How long a client goes on with the key that it has: shorter than what a rotation gives it. */
const KEY_AGE_MS = 250;
/** Between two requests of a client. */
const PAUSE_MS = 50;

interface Context {
  readonly ask: (operation: string, method: string, path: string, body?: unknown) => Promise<Answer>;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * Clients that never stop asking: partners that create, read, change and search patients page by page, and auditors that read
 * the register page by page, each page with the cursor of the one before.
 */
export function steadyLoad({ gateway, keyOf, clients }: LoadOptions): SteadyLoad {
  const failures: Failure[] = [];
  let served = 0;
  let stopping = false;
  const keys = new Map<string, { readonly key: Promise<string>; readonly at: number }>();
  const currentKey = (product: "partner" | "auditor"): Promise<string> => {
    const known = keys.get(product);
    if (known && Date.now() - known.at < KEY_AGE_MS) return known.key;
    const key = keyOf(product);
    keys.set(product, { key, at: Date.now() });
    return key;
  };
  const ask: Context["ask"] = async (operation, method, path, body) => {
    const key = await currentKey(path.startsWith("/audit") ? "auditor" : "partner");
    try {
      const answer = await fetch(`${gateway}${path}`, {
        method,
        headers: {
          "ocp-apim-subscription-key": key,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
      });
      const text = await answer.text();
      if (answer.status < 300) served++;
      else failures.push({ operation, status: answer.status, at: Date.now() });
      return {
        status: answer.status,
        headers: answer.headers,
        body: answer.ok && text !== "" ? JSON.parse(text) : undefined,
      };
    } catch (error) {
      const status = error instanceof Error ? error.name : "unknown";
      failures.push({ operation, status, at: Date.now() });
      return { status: 0, headers: new Headers(), body: undefined };
    }
  };
  const client = async (number: number): Promise<void> => {
    const turn = number % 2 === 0 ? partner : auditor;
    while (!stopping) {
      await turn({ ask });
      await sleep(PAUSE_MS);
    }
  };
  const running = Array.from({ length: clients }, (_, number) => client(number));
  return {
    served: () => served,
    failures,
    async stop() {
      stopping = true;
      await Promise.all(running);
    },
  };
}

async function partner({ ask }: Context): Promise<void> {
  const person = somebody();
  const created = await ask("createPatient", "POST", "/patient", person);
  const { id } = (created.body ?? {}) as { id?: string };
  if (id !== undefined) {
    await ask("getPatient", "GET", `/patient/${id}`);
    await ask("updatePatient", "PUT", `/patient/${id}`, person);
  }
  const criteria = { gender: "female" };
  const first = await ask("searchPatients", "POST", "/patient/search?limit=1", criteria);
  const next = nextOf(first);
  if (next !== undefined) await ask("searchPatients, next page", "POST", next, criteria);
}

async function auditor({ ask }: Context): Promise<void> {
  await ask("getLatestCheckpoint", "GET", "/audit/checkpoints/latest");
  const first = await ask("listAuditRecords", "GET", "/audit/records?limit=2");
  const next = nextOf(first);
  if (next !== undefined) await ask("listAuditRecords, next page", "GET", next);
}

function nextOf({ headers }: Answer): string | undefined {
  return /^<([^>]+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
}
