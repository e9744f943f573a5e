import { isMembers } from "../envelope.ts";
import type { Trace } from "../views/build-trace.ts";
import type { ShowTraceOptions } from "./read-options.ts";

/** What the platform answers: a trace, and how many items of any trace it has dropped. */
export interface FetchedTrace extends Trace {
  readonly dropped: number;
}

/**
 * Asks the platform for a transaction.
 *
 * @returns what is wrong, when it cannot be had
 */
export async function fetchTrace({ traceId, url }: ShowTraceOptions): Promise<FetchedTrace | string> {
  const answer = await ask(`${url}/telemetry/api/transactions/${traceId}`);
  if (!answer)
    return `nothing answers at ${url}. Start the platform (npm start), or name its address with --url.`;
  const { status, body } = answer;
  if (status === 200 && isTrace(body)) return body;
  if (status === 404 && isMembers(body) && typeof body.detail === "string")
    return `${traceId} is unknown. It may not have arrived yet (SDKs send every few seconds), or it was dropped to make room for newer ones.`;
  return `${url} answered with status ${status}, and not as the platform's telemetry does.`;
}

async function ask(address: string): Promise<{ status: number; body: unknown } | undefined> {
  const response = await fetch(address).catch(() => undefined);
  return response && { status: response.status, body: await response.json().catch(() => undefined) };
}

/** Tells the platform's answer from that of something else; its spans are not judged again. */
function isTrace(body: unknown): body is FetchedTrace {
  return isMembers(body) && Array.isArray(body.roots) && Array.isArray(body.linkedFrom);
}
