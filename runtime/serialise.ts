import type { Reply } from "./reply.ts";

/** An answer as the Functions library takes it. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** Text, or what is sent while it is made. */
  readonly body?: string | ReadableStream<Uint8Array>;
}

/** An answer that HTTP cannot carry. Its message names the part, never a value. */
export class UnsendableReplyError extends Error {
  override readonly name = "UnsendableReplyError";
}

/**
 * Serialises an answer, once. JSON in UTF-8 unless the reply names another content type; a stream is NDJSON.
 * @throws {UnsendableReplyError} for a status, a header or a body that the host would refuse when it is too late to say so
 * @throws {TypeError} for a body that is no JSON: a cycle, a bigint
 */
export function serialise(reply: Reply): HttpReply {
  const { status } = reply;
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new UnsendableReplyError("status");
  const body = hasContent(reply) ? writeBody(reply.body) : undefined;
  const headers = writeHeaders(reply, body);
  return body === undefined ? { status, headers } : { status, headers, body };
}

/** Whether something of the body leaves: a 204, a 205 and a 304 have no content (RFC 9110, 15.3.5, 15.3.6 and 15.4.5). */
export function hasContent({ status, body }: Reply): boolean {
  return body !== undefined && status !== 204 && status !== 205 && status !== 304;
}

/** The content type under which a reply leaves; `undefined` when it names none and has no body. */
export function contentTypeOf({ headers, body }: Reply): string | undefined {
  const named = headers?.["content-type"];
  if (named !== undefined) return String(named);
  return body === undefined ? undefined : "application/json";
}

function writeHeaders({ headers = {} }: Reply, body: HttpReply["body"]): Record<string, string> {
  const present: Record<string, string> = { "cache-control": "no-store" };
  if (body !== undefined)
    present["content-type"] = typeof body === "string" ? "application/json" : "application/x-ndjson";
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) present[name] = headerValue(value);
  }
  return present;
}

/** What a field value may hold (RFC 9110, 5.5). */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function headerValue(value: string | number): string {
  const text = String(value);
  if (!FIELD_VALUE.test(text)) throw new UnsendableReplyError("header");
  return text;
}

function writeBody(body: unknown): string | ReadableStream<Uint8Array> {
  return body instanceof ReadableStream ? (body as ReadableStream<Uint8Array>) : writeJson(body);
}

function writeJson(body: unknown): string {
  // A function and a symbol have no JSON, whatever the type says.
  const text = JSON.stringify(body) as string | undefined;
  if (text === undefined) throw new UnsendableReplyError("body");
  return text;
}
