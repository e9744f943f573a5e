import type { HttpRequest } from "../request/http-request.ts";

export interface FakeRequestOptions {
  readonly method?: string;
  /** Path and query. */
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  /** Text is sent in UTF-8. */
  readonly body?: string | Uint8Array;
}

/** A request as the Functions host hands it to an app. */
export function fakeRequest(options: FakeRequestOptions = {}): HttpRequest {
  const { method = "GET", target = "/patient", headers = {}, params = {}, body = "" } = options;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return {
    method,
    url: `http://127.0.0.1:7071${target}`,
    headers: new Headers(headers),
    params,
    arrayBuffer: () => Promise.resolve(Uint8Array.from(bytes).buffer),
  };
}

/** A request with a JSON body. */
export function jsonRequest(body: unknown, options: FakeRequestOptions = {}): HttpRequest {
  return fakeRequest({
    method: "POST",
    ...options,
    headers: { "content-type": "application/json", ...options.headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}
