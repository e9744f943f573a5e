import type { IncomingMessage, ServerResponse } from "node:http";

import type { HttpFunction } from "./app-functions.ts";
import { describeError } from "./describe-error.ts";
import type { FunctionKeys } from "./function-keys.ts";
import type { HostLog } from "./host-log.ts";
import { emptyAnswer, writeAnswer, type HttpAnswer } from "./http-answer.ts";
import type { HttpInvoker } from "./invoker.ts";
import { readBody } from "./read-body.ts";
import { parseRequestTarget, type RequestTarget } from "./request-target.ts";
import type { RouteMatch, Router } from "./router.ts";

/** What the handler of all HTTP requests stands on. */
export interface HttpHandlerContext {
  router: Router;
  keys: FunctionKeys;
  invoke: HttpInvoker;
  log: HostLog;
  /** Longest request body, in bytes. */
  maxBodyBytes: number;
}

/** Answers the requests of one host, and knows how many are under way. */
export interface HttpHandler {
  handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** From here on every answer closes its connection; resolves when no request is under way. */
  drain(): Promise<void>;
}

/** Longest request target that Azure's front end lets through, in bytes. */
const MAX_TARGET = 4096;
/** Kestrel's default; Node counts name and value separately. */
const MAX_HEADERS = 100;

/** Makes the handler: limits, routing, keys, body, invocation, answer, in this order. */
export function createHttpHandler(context: HttpHandlerContext): HttpHandler {
  let underWay = 0;
  let drained: (() => void) | undefined;
  const isDraining = () => drained !== undefined;
  const leave = () => {
    underWay -= 1;
    if (underWay === 0) drained?.();
  };

  return {
    handle(request, response) {
      underWay += 1;
      response.once("close", leave);
      const send = (answer: HttpAnswer) => sendSafely(response, answer, isDraining());
      const found = admit(request, context);
      if ("status" in found) send(found);
      else readAndInvoke(request, response, found, context, send);
    },
    drain() {
      return new Promise<void>((resolve) => {
        drained = resolve;
        if (underWay === 0) resolve();
      });
    },
  };
}

interface Admitted {
  target: RequestTarget;
  origin: string;
  match: RouteMatch;
}

/** Everything that can be refused before the body is read. */
function admit(request: IncomingMessage, { router, keys }: HttpHandlerContext): Admitted | HttpAnswer {
  const { url = "/", method = "GET", headers, rawHeaders } = request;
  if (url.length > MAX_TARGET) return emptyAnswer(414);
  if (rawHeaders.length > 2 * MAX_HEADERS) return emptyAnswer(431);
  const target = parseRequestTarget(url);
  const origin = originOf(headers.host);
  if (!target || !origin) return emptyAnswer(400);
  const match = router.match(method, target.segments);
  if (!match) return emptyAnswer(404);
  return isOpen(match.function, request, target, keys) ? { target, origin, match } : emptyAnswer(401);
}

let lastHost: { text: string; origin: string } | undefined;

/** The origin that a `Host` header names; `undefined` when it names none, which Kestrel refuses. */
function originOf(host: string | undefined): string | undefined {
  if (host === undefined) return "http://localhost";
  if (lastHost?.text === host) return lastHost.origin;
  const text = `http://${host}/`;
  if (!/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host) || !URL.canParse(text)) return undefined;
  lastHost = { text: host, origin: new URL(text).origin };
  return lastHost.origin;
}

function isOpen(
  entry: HttpFunction,
  request: IncomingMessage,
  target: RequestTarget,
  keys: FunctionKeys,
): boolean {
  if (entry.authLevel === "anonymous") return true;
  // Only the master key opens an admin function, and the local host has none.
  if (entry.authLevel === "admin") return false;
  const header = request.headers["x-functions-key"];
  const key = header ?? new URLSearchParams(target.search).get("code");
  return typeof key === "string" && key !== "" && keys.opens(entry.name, key);
}

function readAndInvoke(
  request: IncomingMessage,
  response: ServerResponse,
  { target, origin, match }: Admitted,
  context: HttpHandlerContext,
  send: (answer: HttpAnswer) => void,
): void {
  const method = request.method ?? "GET";
  const run = (body: Buffer | undefined) => {
    const { path, search } = target;
    const input = { method, origin, path, search, headers: request.headers, params: match.params, body };
    context.invoke(match.function, input).then(send, (error: unknown) => {
      context.log.write("error", "system", `failed with ${describeError(error)}`, match.function.name);
      send(emptyAnswer(500));
    });
  };
  if (method === "GET" || method === "HEAD") {
    run(undefined);
    return;
  }
  readBody(request, context.maxBodyBytes, (body, failure) => {
    if (failure === "too-large") refuseBody(request, response);
    else if (failure === undefined) run(body);
  });
}

/**
 * Says 413 at once, and goes on reading until the client has noticed: a connection that is reset under a client in the
 * middle of its upload would take the answer with it.
 */
function refuseBody(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(413, { "content-length": "0", connection: "close" });
  response.flushHeaders();
  request.once("end", () => response.end()).resume();
}

/** An answer that Node refuses to write (a header with a line break in it) becomes a 500. */
function sendSafely(response: ServerResponse, answer: HttpAnswer, isLast: boolean): void {
  if (response.destroyed) return;
  try {
    writeAnswer(response, answer, isLast);
  } catch {
    if (!response.headersSent) writeAnswer(response, emptyAnswer(500), true);
    else response.destroy();
  }
}
