import type { ServerResponse } from "node:http";
import type { Exchange } from "../pipeline/exchange.ts";

/** What one request came to; never an address, a query, a header's value or a key. */
export interface RequestEvent {
  readonly type: "request";
  readonly requestId: string;
  /** Null when no operation matched. */
  readonly operation: string | null;
  readonly product: string | null;
  /** 499 when the client went away before its answer was whole. */
  readonly status: number;
  /** Milliseconds. */
  readonly duration: number;
  /** `LastError.Reason`, also when the backend broke off in the middle of a body that was already on its way; or null. */
  readonly error: string | null;
}

/**
 * Sums a request up once its response is closed.
 *
 * @param brokeOff whether it was the backend that ended it early
 */
export function eventOf(exchange: Exchange, outgoing: ServerResponse, brokeOff: boolean): RequestEvent {
  return {
    type: "request",
    requestId: exchange.requestId,
    operation: exchange.operation?.id ?? null,
    product: exchange.product?.id ?? null,
    status: outgoing.writableFinished || brokeOff ? outgoing.statusCode : 499,
    duration: exchange.elapsed,
    error: exchange.lastError?.reason ?? (brokeOff ? "BackendConnectionFailure" : null),
  };
}
