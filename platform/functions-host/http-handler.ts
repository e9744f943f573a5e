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
import { functionToRun, runByHand } from "./run-by-hand.ts";
import { streamAnswer } from "./stream-answer.ts";

/** What the handler of all HTTP requests stands on. */
export interface HttpHandlerContext {
  router: Router;
  keys: FunctionKeys;
  invoke: HttpInvoker;
  /** Starts a run of a timer function; `false` when there is none of that name. */
  runTimer: (name: string) => boolean;
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

/** A request and how it is answered. */
interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  /** Whether the connection is to be closed behind the answer. */
  isLast: () => boolean;
}

/** Makes the handler: limits, routing, keys, body, invocation, answer, in this order. */
export function createHttpHandler(context: HttpHandlerContext): HttpHandler {
  let underWay = 0;
  let drained: (() => void) | undefined;
  const isLast = () => drained !== undefined;
  const leave = () => {
    underWay -= 1;
    if (underWay === 0) drained?.();
  };

  return {
    handle(request, response) {
      underWay += 1;
      response.once("close", leave);
      const call = { request, response, isLast };
      const found = admit(request, context);
      if ("status" in found) sendSafely(call, found);
      else if ("timer" in found) readAndRun(call, found.timer, context);
      else readAndInvoke(call, found, context);
    },
    drain() {
      return new Promise<void>((resolve) => {
        drained = resolve;
        if (underWay === 0) resolve();
      });
    },
  };
}

/** A timer function that is to run at once. */
interface AdmittedRun {
  timer: string;
}

interface Admitted {
  target: RequestTarget;
  origin: string;
  match: RouteMatch;
}

/** Everything that can be refused before the body is read. */
function admit(
  request: IncomingMessage,
  { router, keys }: HttpHandlerContext,
): Admitted | AdmittedRun | HttpAnswer {
  const { url = "/", method = "GET", headers, rawHeaders } = request;
  if (url.length > MAX_TARGET) return emptyAnswer(414);
  if (rawHeaders.length > 2 * MAX_HEADERS) return emptyAnswer(431);
  const target = parseRequestTarget(url);
  const origin = originOf(headers.host);
  if (!target || !origin) return emptyAnswer(400);
  const timer = functionToRun(method, target.segments);
  if (timer !== undefined) return isMaster(request, target, keys) ? { timer } : emptyAnswer(401);
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
  if (entry.authLevel === "admin") return isMaster(request, target, keys);
  const key = presentedKey(request, target);
  return key !== "" && keys.opens(entry.name, key);
}

function isMaster(request: IncomingMessage, target: RequestTarget, keys: FunctionKeys): boolean {
  const key = presentedKey(request, target);
  return key !== "" && keys.isMaster(key);
}

function presentedKey(request: IncomingMessage, target: RequestTarget): string {
  const header = request.headers["x-functions-key"];
  const key = header ?? new URLSearchParams(target.search).get("code");
  return typeof key === "string" ? key : "";
}

function readAndRun(call: Call, timer: string, { maxBodyBytes, runTimer }: HttpHandlerContext): void {
  readBody(call.request, maxBodyBytes, (body, failure) => {
    if (failure === "too-large") refuseBody(call);
    else if (failure === undefined) {
      // A host that is about to stop starts nothing more.
      sendSafely(call, call.isLast() ? emptyAnswer(503) : runByHand(body, () => runTimer(timer)));
    }
  });
}

function readAndInvoke(call: Call, { target, origin, match }: Admitted, context: HttpHandlerContext): void {
  const { request } = call;
  const method = request.method ?? "GET";
  const fail = (error: unknown) => failSafely(call, error, match.function.name, context.log);
  const run = (body: Buffer | undefined) => {
    const { path, search } = target;
    const input = { method, origin, path, search, headers: request.headers, params: match.params, body };
    context.invoke(match.function, input).then((answer) => {
      if (!answer.stream) sendSafely(call, answer);
      else streamAnswer(call.response, answer, answer.stream, call.isLast()).catch(fail);
    }, fail);
  };
  if (method === "GET" || method === "HEAD") {
    run(undefined);
    return;
  }
  readBody(request, context.maxBodyBytes, (body, failure) => {
    if (failure === "too-large") refuseBody(call);
    else if (failure === undefined) run(body);
  });
}

/**
 * Says 413 at once, and goes on reading until the client has noticed: a connection that is reset under a client in the
 * middle of its upload would take the answer with it.
 */
function refuseBody({ request, response }: Call): void {
  response.writeHead(413, { "content-length": "0", connection: "close" });
  response.flushHeaders();
  request.once("end", () => response.end()).resume();
}

/**
 * A failure is a 500, and one line that tells its kind and place but nothing of what was answered. Behind the head of a
 * stream only a broken connection can say so: a clean end would pass for the whole.
 */
function failSafely(call: Call, error: unknown, functionName: string, log: HostLog): void {
  const { response } = call;
  const failed = response.headersSent ? "broke off its answer" : "failed";
  log.write("error", "system", `${failed} with ${describeError(error)}`, functionName);
  if (!response.headersSent) sendSafely(call, emptyAnswer(500));
  else if (!response.writableEnded) response.destroy();
}

/** An answer that Node refuses to write (a header with a line break in it) becomes a 500. */
function sendSafely({ response, isLast }: Call, answer: HttpAnswer): void {
  if (response.destroyed) return;
  try {
    writeAnswer(response, answer, isLast());
  } catch {
    if (!response.headersSent) writeAnswer(response, emptyAnswer(500), true);
    else response.destroy();
  }
}
