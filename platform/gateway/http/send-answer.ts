import type { ServerResponse } from "node:http";
import type { ByteSink, ResponseStream } from "../backends/response-stream.ts";
import type { GatewayResponse } from "../messages/gateway-response.ts";
import type { HeaderBag } from "../messages/header-bag.ts";
import { BlockSink } from "./block-sink.ts";

/**
 * Sends a response to the client: in one write when its body is here, as a stream otherwise. A backend that breaks off in the
 * middle breaks the client's connection, the only honest way left to say so.
 *
 * @param extra headers that policies put on whatever answer is sent
 */
export function sendAnswer(
  outgoing: ServerResponse,
  response: GatewayResponse,
  extra: readonly (readonly [string, string])[],
): void {
  const { content, headers } = response;
  for (const [name, value] of extra) headers.write(name, [value]);
  const whole = content.stream?.complete ?? content.bytes;
  if (bodiless(outgoing, response)) sendHead(outgoing, response, lengthOfNothing(outgoing, headers, whole));
  else if (whole !== null || content.stream === null) sendWhole(outgoing, response, whole ?? nothing);
  else stream(outgoing, response, content.stream);
}

/** Bytes of a body up to which copying it is cheaper than a second chunk. */
const joinable = 16 * 1024;
const nothing = Buffer.alloc(0);
const noLength: ReadonlySet<string> = new Set(["content-length"]);
const keepAll: ReadonlySet<string> = new Set();

function bodiless(outgoing: ServerResponse, { statusCode }: GatewayResponse): boolean {
  return outgoing.req.method === "HEAD" || statusCode === 204 || statusCode === 304;
}

/** The length that a HEAD or a 304 announces is the one that the backend gave, or that of the body that is held back. */
function lengthOfNothing(outgoing: ServerResponse, headers: HeaderBag, whole: Buffer | null): string[] {
  if (outgoing.req.method !== "HEAD" || headers.has("content-length") || !whole?.length)
    return headers.toLines(keepAll);
  return [...headers.toLines(keepAll), "Content-Length", String(whole.length)];
}

function sendHead(outgoing: ServerResponse, response: GatewayResponse, lines: string[]): void {
  response.content.stream?.abort();
  writeHead(outgoing, response, lines);
  outgoing.end();
}

function sendWhole(outgoing: ServerResponse, response: GatewayResponse, body: Buffer): void {
  const lines = response.headers.toLines(noLength);
  lines.push("Content-Length", String(body.length));
  writeHead(outgoing, response, lines);
  // Node joins the head and a string to one write, which a buffer takes a second chunk for; latin1 keeps every byte as it is.
  if (body.length <= joinable) outgoing.end(body.toString("latin1"), "latin1");
  else outgoing.end(body);
}

function stream(outgoing: ServerResponse, response: GatewayResponse, body: ResponseStream): void {
  writeHead(outgoing, response, response.headers.toLines(keepAll));
  const sink: ByteSink = {
    write: (chunk) => outgoing.write(chunk),
    end: () => outgoing.end(),
    fail: () => outgoing.destroy(),
  };
  outgoing.on("drain", () => body.resume());
  // Node would keep the head until the first piece.
  if (response.immediate) outgoing.flushHeaders();
  const inBlocks = !response.immediate && !response.headers.has("content-length");
  body.pipeTo(inBlocks ? new BlockSink(sink) : sink);
}

function writeHead(
  outgoing: ServerResponse,
  { statusCode, statusReason }: GatewayResponse,
  lines: string[],
): void {
  const reason = /^[\t\x20-\x7e]+$/.test(statusReason) ? statusReason : undefined;
  if (reason === undefined) outgoing.writeHead(statusCode, lines);
  else outgoing.writeHead(statusCode, reason, lines);
}
