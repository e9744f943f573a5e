import type { RequestEvent } from "../http/request-event.ts";
import type { Exchange } from "../pipeline/exchange.ts";
import type { RecordedRequest, RecordedTarget } from "./recorded-request.ts";
import type { Recording } from "./recording.ts";
import { templatePath } from "./template-path.ts";

/**
 * Reads off an exchange what may be told of it.
 *
 * @param method as received: policies may have changed that of the exchange
 */
export function recordExchange(
  exchange: Exchange,
  recording: Recording,
  ending: RequestEvent,
  method: string,
): RecordedRequest {
  const { span, calls, messages } = recording;
  return {
    ...{ span, calls, messages, method },
    startedAt: exchange.timestamp.getTime(),
    duration: ending.duration,
    requestId: ending.requestId,
    status: ending.status,
    target: targetOf(exchange),
    product: exchange.product?.name ?? null,
    subscription: exchange.subscription?.name ?? null,
    failure: failureOf(exchange, recording, ending),
  };
}

function targetOf({ api, operation }: Exchange): RecordedTarget | null {
  if (operation === null) return null;
  const base = api.path === "" ? "" : `/${api.path}`;
  return { api, operation, path: templatePath(base, operation.urlTemplate) };
}

/** Where the service says that a client went away, or a backend broke off, while the answer was on its way. */
const whileSending = "transfer-response";

function failureOf(
  { lastError, clientGone, current }: Exchange,
  { closedWhileSending }: Recording,
  { error }: RequestEvent,
): RecordedRequest["failure"] {
  if (clientGone) {
    const source = closedWhileSending ? whileSending : (lastError?.source ?? current?.policy ?? "gateway");
    return { reason: "ClientConnectionFailure", source };
  }
  return error === null ? null : { reason: error, source: lastError?.source ?? whileSending };
}
