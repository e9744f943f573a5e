import type { IncomingMessage, ServerResponse } from "node:http";
import type { LoadedApi, LoadedGateway, Route } from "../configuration/loaded-gateway.ts";
import type { Diagnostics } from "../diagnostics/diagnostics.ts";
import type { GatewayRuntime } from "../gateway-runtime.ts";
import { behindSegments, decodePath } from "../matching/decode-path.ts";
import type { Match } from "../matching/route-table.ts";
import type { UrlOrigin } from "../messages/request-url.ts";
import { answer } from "../pipeline/default-answers.ts";
import type { Exchange } from "../pipeline/exchange.ts";
import { PolicyFailure } from "../pipeline/policy-failure.ts";
import { runOnError, runPipeline } from "../pipeline/run-pipeline.ts";
import { accessFailure } from "../subscriptions/access-failure.ts";
import { decideAccess } from "../subscriptions/decide-access.ts";
import { readKey } from "../subscriptions/read-key.ts";
import type { SubscriptionKeys } from "../subscriptions/subscription-keys.ts";
import { receiveRequest } from "./receive-request.ts";
import { eventOf } from "./request-event.ts";
import type { RequestEvent } from "./request-event.ts";
import { sendAnswer } from "./send-answer.ts";
import { continueTrace } from "./trace-context.ts";
import { openSpan } from "./trace-span.ts";

/** What handling requests needs. */
export interface HandlerParts {
  readonly gateway: LoadedGateway;
  readonly keys: SubscriptionKeys;
  readonly runtime: GatewayRuntime;
  /** The gateway's own place, for requests whose `Host` names none. */
  readonly origin: UrlOrigin;
  readonly log: ((event: RequestEvent) => void) | null;
  /** Null: nothing is recorded. */
  readonly diagnostics: Diagnostics | null;
}

/**
 * Takes requests through the gateway: match, subscription key, policies, answer. The order of the refusals is that of the
 * service: 404 before 401, and policies after both.
 */
export function createHandler(
  parts: HandlerParts,
): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void> {
  return async (incoming, outgoing) => {
    const exchange = receiveRequest(incoming, parts.origin, parts.runtime);
    if (exchange === null) {
      sendAnswer(outgoing, answer(400, "Bad Request"), []);
      parts.diagnostics?.refuse(400, incoming);
      return;
    }
    exchange.recording = parts.diagnostics?.begin(exchange) ?? null;
    watchClient(outgoing, exchange, parts);
    try {
      await dispatch(exchange, parts);
    } finally {
      exchange.recording?.settle();
    }
    if (exchange.clientGone) return;
    sendAnswer(outgoing, exchange.ensureResponse(), exchange.answerHeaders);
  };
}

function watchClient(outgoing: ServerResponse, exchange: Exchange, { log }: HandlerParts): void {
  outgoing.on("close", () => {
    // Asked before the call is ended, which breaks its stream too.
    const brokeOff = exchange.response?.content.stream?.broken ?? false;
    if (!outgoing.writableFinished && !brokeOff) {
      exchange.clientGone = true;
      exchange.onClientGone?.();
    }
    if (log === null && exchange.recording === null) return;
    const event = eventOf(exchange, outgoing, brokeOff);
    log?.(event);
    exchange.recording?.close(event);
  });
}

async function dispatch(exchange: Exchange, parts: HandlerParts): Promise<void> {
  const segments = decodePath(exchange.request.url.path);
  const api = segments && parts.gateway.apis.find(segments);
  const match = api && matchOperation(api, segments, exchange);
  if (!match) {
    exchange.section = "backend";
    return runOnError(parts.gateway.globalOnError, exchange, notFound());
  }
  enter(exchange, api, match, parts.runtime);
  const decision = decideAccess(readKey(exchange.request), api.access, parts.keys);
  if (!decision.admitted) {
    const failure = accessFailure(decision.reason, hostOf(exchange), api.info.path);
    return runOnError(match.target.pipelines.get("")?.onError ?? [], exchange, failure);
  }
  exchange.product = decision.product;
  exchange.subscription = decision.subscription;
  const pipeline = match.target.pipelines.get(decision.product?.id ?? "");
  if (pipeline) await runPipeline(pipeline, exchange);
}

function matchOperation(
  api: LoadedApi,
  segments: readonly string[],
  { request }: Exchange,
): Match<Route> | null {
  return api.routes.match(request.method, segments.slice(api.depth), () => request.url.query);
}

/** From here on the request is the operation's: its URL is the backend's, its trace goes on. */
function enter(
  exchange: Exchange,
  api: LoadedApi,
  { target, parameters }: Match<Route>,
  runtime: GatewayRuntime,
): void {
  const { request } = exchange;
  exchange.api = api.info;
  exchange.operation = target.operation;
  exchange.backend = api.backend;
  request.matchedParameters = parameters;
  request.url.path = behindSegments(request.url.path, api.depth);
  request.url.moveTo(api.backend);
  const span = exchange.recording?.span ?? openSpan(request.headers.get("traceparent"), runtime);
  continueTrace(request.headers, span);
}

function hostOf({ request }: Exchange): string {
  return request.headers.joined("host") ?? "";
}

function notFound(): PolicyFailure {
  return new PolicyFailure({
    source: "configuration",
    reason: "OperationNotFound",
    message: "Unable to match incoming request to an operation.",
    status: 404,
    publicMessage: "Resource not found",
  });
}
