import type { IncomingHttpHeaders } from "node:http";

import { createTraceContext } from "./trace-context.ts";
import type { TraceContext } from "./core-types.ts";

/** A request after routing, with its body read; what both invocation models are made from. */
export interface HttpInput {
  method: string;
  /** Scheme and authority, such as `http://127.0.0.1:7071`. */
  origin: string;
  /** Path and query as they were sent. */
  path: string;
  /** The query with its `?`, or `""`. */
  search: string;
  headers: IncomingHttpHeaders;
  params: Record<string, string>;
  /** `undefined` when there is none, or the method is GET or HEAD, whose bodies Azure drops. */
  body: Buffer | undefined;
}

/** The absolute URL, as the WHATWG URL standard writes it. */
export function urlOf({ origin, path }: HttpInput): string {
  const isPlain = PLAIN.test(path) && !path.includes("/.") && !ESCAPED_DOT.test(path);
  return isPlain ? origin + path : new URL(origin + path).href;
}

/** Characters that the URL standard leaves alone in both path and query. */
const PLAIN = /^[\w\-./~?=&%+,:@]*$/;
const ESCAPED_DOT = /%2e/i;

/** One value for each header name (lower case); Azure joins repeated ones. */
export function headersOf({ headers }: HttpInput): Record<string, string> {
  const record: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) record[name] = typeof value === "string" ? value : value.join(",");
  }
  return record;
}

/** One value for each query key: Azure compares keys without regard to case and joins repeated ones with commas. */
export function queryOf({ search }: HttpInput): Record<string, string> {
  const record: Record<string, string> = {};
  if (search.length < 2) return record;
  const spellings = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(search)) {
    const spelling = spellings.get(key.toLowerCase());
    if (spelling === undefined) spellings.set(key.toLowerCase(), key);
    record[spelling ?? key] = spelling === undefined ? value : `${record[spelling] ?? ""},${value}`;
  }
  return record;
}

/** {@link queryOf}, as the app's requests have it. */
export function joinedQueryOf(input: HttpInput): URLSearchParams {
  return new URLSearchParams(queryOf(input));
}

/** The query as it was sent: an app that enables HTTP streams gets repeated keys one by one, from the URL. */
export function sentQueryOf(input: HttpInput): URLSearchParams {
  return new URL(urlOf(input)).searchParams;
}

/** The trace context that the host hands to the app. */
export function traceOf({ headers }: HttpInput): TraceContext {
  const { traceparent, tracestate } = headers;
  const state = typeof tracestate === "string" ? tracestate : "";
  return createTraceContext(typeof traceparent === "string" ? traceparent : undefined, state);
}
