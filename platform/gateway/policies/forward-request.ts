import type { Readable } from "node:stream";
import type { BackendAddress } from "../backends/backend-address.ts";
import { callBackend } from "../backends/call-backend.ts";
import type { BackendCall } from "../backends/call-backend.ts";
import type { RecordedCall } from "../diagnostics/recorded-call.ts";
import { templatePath } from "../diagnostics/template-path.ts";
import type { GatewayResponse } from "../messages/gateway-response.ts";
import type { GatewayRequest } from "../messages/gateway-request.ts";
import type { Exchange } from "../pipeline/exchange.ts";
import { PolicyFailure } from "../pipeline/policy-failure.ts";
import type { GatewayServices } from "../compiler/gateway-services.ts";
import type { Policy } from "../compiler/policy.ts";

/**
 * Sends the request to the backend and takes its response. The deadline covers the wait for the response's head; bodies are
 * streamed both ways, at the pace of who receives them, and a client that goes away ends the call. A status of 4xx or 5xx is no
 * error, unless `fail-on-error-status-code` says so.
 *
 * A chunked response goes to the client in blocks of 8 KB, with `buffer-response="false"` piece by piece as it comes. A policy
 * that reads the body reads all of it first, in either case.
 *
 * Toward the backend: hop-by-hop headers are dropped, `Host` is the backend's, `X-Forwarded-For` gets the client's address. With
 * diagnostics, the parent in `traceparent` is the span of this very call.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - forward-request".
 */
export const forwardRequest: Policy = {
  name: "forward-request",
  sections: ["backend"],
  attributes: {
    timeout: {},
    "timeout-ms": {},
    "continue-timeout": { only: [] },
    "http-version": { literal: true, only: ["1"] },
    "follow-redirects": { only: ["false"] },
    "buffer-request-body": { literal: true, only: ["true", "false"] },
    "buffer-response": { literal: true, only: ["true", "false"] },
    "fail-on-error-status-code": { literal: true, only: ["true", "false"] },
  },
  compile(element, compiler) {
    const seconds = compiler.integer(element, "timeout", 300);
    const milliseconds = compiler.integer(element, "timeout-ms");
    const inMilliseconds = element.attributes.has("timeout-ms");
    if (inMilliseconds && element.attributes.has("timeout"))
      compiler.fail(element.line, "<forward-request> takes either timeout or timeout-ms");
    const failing = compiler.literal(element, "fail-on-error-status-code") === "true";
    const buffering = compiler.literal(element, "buffer-request-body") === "true";
    const immediate = compiler.literal(element, "buffer-response") === "false";
    return async (exchange) => {
      const { content } = exchange.request;
      if (buffering || isShort(exchange.request)) await content.buffer();
      // Of an earlier turn, inside `retry`: nobody will read it.
      exchange.response?.content.stream?.abort();
      const timeout = inMilliseconds ? milliseconds(exchange) : seconds(exchange) * 1000;
      exchange.response = await forward(exchange, compiler.services, timeout);
      exchange.response.immediate = immediate;
      if (failing && exchange.response.statusCode >= 400) throw failedStatus(exchange.response);
    };
  },
};

/** Up to this many bytes a request is read before it is sent on: cheaper than two streams joined. */
const shortBody = 64 * 1024;

function isShort({ content }: GatewayRequest): boolean {
  const announced = content.stream?.announced;
  return announced !== undefined && announced !== null && announced <= shortBody;
}

async function forward(
  exchange: Exchange,
  services: GatewayServices,
  timeout: number,
): Promise<GatewayResponse> {
  const { request, backend } = exchange;
  if (backend === null)
    throw new PolicyFailure({
      source: "forward-request",
      reason: "BackendNotSet",
      message: "No backend is set.",
    });
  const body = request.content.bytes ?? request.content.stream?.toReadable() ?? null;
  const recorded = record(exchange, backend, services);
  const call = callBackend({
    pool: services.pools.pool(backend.origin),
    method: request.method,
    path: `${backend.basePath}${request.url.path}${request.url.queryString}` || "/",
    headers: headersFor(exchange, body, recorded),
    body,
    timeout,
    source: "forward-request",
  });
  const pending = awaitResponse(exchange, call);
  return recorded?.watch(pending) ?? pending;
}

/** Each try is a call of its own. A base path is told when it is that of a backend resource: an expression may make others. */
function record(
  { recording, request, operation }: Exchange,
  address: BackendAddress,
  services: GatewayServices,
): RecordedCall | null {
  if (recording === null) return null;
  const base = isResource(address, services) ? address.basePath : "";
  const path = templatePath(base, operation?.urlTemplate ?? "");
  return recording.openCall({ method: request.method, address, path });
}

function isResource(address: BackendAddress, { backends }: GatewayServices): boolean {
  for (const resource of backends.values()) if (resource === address) return true;
  return false;
}

async function awaitResponse(exchange: Exchange, call: BackendCall): Promise<GatewayResponse> {
  exchange.onClientGone = () => call.abort();
  if (exchange.clientGone) call.abort();
  return await call.response;
}

function headersFor(
  { request: { headers, ipAddress }, recording }: Exchange,
  body: Buffer | Readable | null,
  recorded: RecordedCall | null,
): string[] {
  const forwarded = headers.joined("x-forwarded-for");
  const lines = headers.toLines(body === null || Buffer.isBuffer(body) ? rewrittenWithLength : rewritten);
  lines.push("x-forwarded-for", forwarded === undefined ? ipAddress : `${forwarded}, ${ipAddress}`);
  const written = headers.joined("traceparent");
  const traceparent = recorded && recording ? recording.traceparentFor(recorded, written) : written;
  if (traceparent !== undefined) lines.push("traceparent", traceparent);
  return lines;
}

/** Headers that the gateway writes anew; the length too, unless a stream of that length is passed on. */
const rewritten: ReadonlySet<string> = new Set(["host", "x-forwarded-for", "traceparent"]);
const rewrittenWithLength: ReadonlySet<string> = new Set([...rewritten, "content-length"]);

function failedStatus(response: GatewayResponse): PolicyFailure {
  return new PolicyFailure({
    source: "forward-request",
    reason: "BackendErrorStatusCode",
    message: `The backend answered ${response.statusCode}.`,
    keepsResponse: true,
  });
}
