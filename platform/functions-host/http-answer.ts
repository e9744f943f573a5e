import { STATUS_CODES, type ServerResponse } from "node:http";

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
  const { status, headers, cookies, body } = answer;
  const list: string[] = [];
  for (const name in headers) if (!HOP_BY_HOP.has(name)) list.push(name, headers[name] ?? "");
  for (const cookie of cookies) list.push("set-cookie", cookie);
  const hasBody = status !== 204 && status !== 304;
  if (hasBody)
    list.push("content-length", String(typeof body === "string" ? Buffer.byteLength(body) : body.length));
  if (isLast) list.push("connection", "close");
  response.writeHead(status, STATUS_CODES[status] ?? "", list);
  response.end(hasBody ? body : undefined);
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
