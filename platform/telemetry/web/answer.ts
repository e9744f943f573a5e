import type { ServerResponse } from "node:http";

/** An answer to a request for a page or for what it shows. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly content: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What keeps a page of other people's text from doing anything but showing it. */
export const SAFETY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** Answers with a value. */
export function json(value: unknown): Answer {
  return { status: 200, type: "application/json", content: JSON.stringify(value) };
}

/** Answers with a problem (RFC 9457). */
export function problem(
  status: keyof typeof TITLES,
  detail: string,
  headers: Answer["headers"] = {},
): Answer {
  const content = JSON.stringify({ type: "about:blank", title: TITLES[status], status, detail });
  return { status, type: "application/problem+json", content, headers };
}

/** Sends an answer; to HEAD without its content. */
export function send(response: ServerResponse, { status, type, content, headers }: Answer): void {
  response.writeHead(status, {
    ...SAFETY_HEADERS,
    "content-type": type,
    "content-length": Buffer.byteLength(content),
    ...headers,
  });
  response.end(response.req.method === "HEAD" ? undefined : content);
}

const TITLES = {
  400: "Bad Request",
  404: "Not Found",
  405: "Method Not Allowed",
  503: "Service Unavailable",
};
