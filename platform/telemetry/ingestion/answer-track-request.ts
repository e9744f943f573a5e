import type { IncomingMessage, ServerResponse } from "node:http";
import { judgeBody, refuse, type TrackAnswer } from "./judge-body.ts";
import { readBody, type BodyFault } from "./read-body.ts";

/** Who takes what was sent. */
export interface TrackReceiver {
  readonly instrumentationKey: string;
  /** @param accepted how many of the body's items were accepted; at least one */
  take(body: Buffer, accepted: number): void;
}

/**
 * Answers a request to the ingestion endpoint, as Azure Monitor's ("Breeze") does.
 *
 * @see https://github.com/Azure/azure-rest-api-specs/tree/main/specification/applicationinsights/data-plane/Monitor.Exporters
 */
export async function answerTrackRequest(
  request: IncomingMessage,
  response: ServerResponse,
  receiver: TrackReceiver,
): Promise<void> {
  send(response, await judgeRequest(request, receiver));
}

const PATHS: ReadonlySet<string> = new Set(["/v2.1/track", "/v2/track"]);

interface Outcome {
  readonly status: number;
  readonly answer?: TrackAnswer;
  readonly headers?: Readonly<Record<string, string>>;
}

async function judgeRequest(request: IncomingMessage, receiver: TrackReceiver): Promise<Outcome> {
  if (!PATHS.has(request.url?.split("?", 1)[0] ?? "")) return { status: 404 };
  if (request.method !== "POST") return { status: 405, headers: { allow: "POST" } };
  const body = await readBody(request);
  if (typeof body === "string") return REFUSALS[body];
  const answer = judgeBody(body, receiver.instrumentationKey);
  if (answer.itemsAccepted > 0) receiver.take(body, answer.itemsAccepted);
  return { status: answer.status, answer };
}

const REFUSALS: Readonly<Record<BodyFault, Outcome>> = {
  "too-large": { status: 413, answer: refuse(413, "The body is longer than 16 MiB") },
  "unknown-encoding": { status: 415, headers: { "accept-encoding": "gzip, deflate" } },
  "broken-encoding": { status: 400, answer: refuse(400, "The body cannot be inflated") },
};

function send(response: ServerResponse, { status, answer, headers = {} }: Outcome): void {
  const content = answer ? describe(answer) : "";
  response.writeHead(status, {
    ...headers,
    ...(content && { "content-type": "application/json; charset=utf-8" }),
    // What is left of a body would be taken for the next request.
    ...(!response.req.complete && { connection: "close" }),
    "content-length": Buffer.byteLength(content),
  });
  response.end(content);
}

function describe({ itemsReceived, itemsAccepted, errors }: TrackAnswer): string {
  return JSON.stringify({ itemsReceived, itemsAccepted, errors });
}
