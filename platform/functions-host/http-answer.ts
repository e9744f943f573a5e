import { STATUS_CODES, type ServerResponse } from "node:http";

import type { BodySource } from "./body-source.ts";
import type { HttpData } from "./core-types.ts";
import { serializeCookie } from "./serialize-cookie.ts";

/** A response of a function, ready to be written. */
export interface HttpAnswer {
  status: number;
  /** Names in lower case, one value each. */
  headers: Record<string, string>;
  /** Values of `Set-Cookie`. */
  cookies: readonly string[];
  body: string | Uint8Array;
  /** What the body comes from instead, piece by piece, when the app enables HTTP streams. */
  stream?: BodySource;
}

/** An answer without headers or body: what the host itself says 401, 404 and 500 with. */
export function emptyAnswer(status: number): HttpAnswer {
  return { status, headers: {}, cookies: [], body: "" };
}

/** Reads the library's answer; no answer at all is a 204. */
export function fromHttpData(data: HttpData | undefined): HttpAnswer {
  if (!data) return emptyAnswer(204);
  return {
    status: Number(data.statusCode ?? 200),
    headers: data.headers ?? {},
    cookies: (data.cookies ?? []).map(serializeCookie),
    body: data.body?.bytes ?? data.body?.string ?? data.body?.json ?? "",
  };
}

/** Writes an answer in one go; its length and its connection are the host's matter, whatever the app says of them. */
export function writeAnswer(response: ServerResponse, answer: HttpAnswer, isLast = false): void {
  const { status, body } = answer;
  const hasBody = status !== 204 && status !== 304;
  const length = hasBody
    ? String(typeof body === "string" ? Buffer.byteLength(body) : body.length)
    : undefined;
  writeHead(response, answer, length === undefined ? [] : ["content-length", length], isLast);
  response.end(hasBody ? body : undefined);
}

/** Writes status, headers and cookies, and `more` names and values in turn. */
export function writeHead(
  response: ServerResponse,
  { status, headers, cookies }: HttpAnswer,
  more: readonly string[],
  isLast: boolean,
): void {
  const list: string[] = [];
  for (const name in headers) if (!HOP_BY_HOP.has(name)) list.push(name, headers[name] ?? "");
  for (const cookie of cookies) list.push("set-cookie", cookie);
  list.push(...more);
  if (isLast) list.push("connection", "close");
  response.writeHead(status, STATUS_CODES[status] ?? "", list);
}

const HOP_BY_HOP = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
