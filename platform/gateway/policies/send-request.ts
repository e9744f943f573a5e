import { callBackend } from "../backends/call-backend.ts";
import type { BackendCall } from "../backends/call-backend.ts";
import { parseBackendAddress } from "../backends/backend-address.ts";
import type { PolicyElement } from "../documents/policy-element.ts";
import { HeaderBag } from "../messages/header-bag.ts";
import type { GatewayResponse } from "../messages/gateway-response.ts";
import type { Exchange } from "../pipeline/exchange.ts";
import { PolicyFailure } from "../pipeline/policy-failure.ts";
import { allSections } from "./all-sections.ts";
import { compileToken, identityAttributes } from "./authentication-managed-identity.ts";
import type { Value } from "../compiler/compile-value.ts";
import { editAttributes, editChildren } from "./edit-values.ts";
import type { GatewayServices } from "../compiler/gateway-services.ts";
import type { Policy } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";
import { bodyAttributes, compileBody } from "./set-body.ts";
import { compileHeaderEdit } from "./set-header.ts";
import { compileMethod } from "./set-method.ts";

/**
 * Sends a request of its own and keeps the whole response in a variable. A status of 4xx or 5xx is no error; no answer within
 * the time-out is one, unless `ignore-error` makes the variable null instead.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - send-request".
 */
export const sendRequest: Policy = {
  name: "send-request",
  sections: allSections,
  attributes: {
    mode: { only: ["new"] },
    "response-variable-name": { required: true, literal: true },
    timeout: {},
    "ignore-error": { literal: true, only: ["true", "false"] },
  },
  children: {
    "set-url": { min: 1, max: 1, text: { required: true } },
    "set-method": { min: 1, max: 1, text: { required: true, literal: true } },
    "set-header": { attributes: editAttributes, children: editChildren },
    "set-body": { max: 1, attributes: bodyAttributes, text: {} },
    "authentication-managed-identity": { max: 1, attributes: identityAttributes },
  },
  compile(element, compiler) {
    const variable = compiler.literal(element, "response-variable-name");
    const ignoring = compiler.literal(element, "ignore-error") === "true";
    const timeout = compiler.integer(element, "timeout", 60);
    const parts = compileParts(element, compiler);
    return async (exchange) => {
      try {
        exchange.variables.set(
          variable,
          await send(parts, timeout(exchange) * 1000, exchange, compiler.services),
        );
      } catch (error) {
        if (!ignoring || !isTransportFailure(error)) throw error;
        exchange.variables.set(variable, null);
      }
    };
  },
};

interface Parts {
  readonly url: Value<string>;
  readonly method: Value<string>;
  readonly headers: readonly ((headers: HeaderBag, exchange: Exchange) => void)[];
  readonly body: Value<Buffer> | null;
  readonly token: ((exchange: Exchange) => Promise<string>) | null;
}

function compileParts(element: PolicyElement, compiler: PolicyCompiler): Parts {
  const part = (name: string): PolicyElement | undefined =>
    element.children.find((child) => child.name === name);
  const url = part("set-url");
  const method = part("set-method");
  const body = part("set-body");
  const identity = part("authentication-managed-identity");
  return {
    url: url ? compiler.content(url) : () => "",
    method: method ? compileMethod(method, compiler) : () => "GET",
    headers: element.children
      .filter((child) => child.name === "set-header")
      .map((child) => compileHeaderEdit(child, compiler)),
    body: body ? compileBody(body, compiler) : null,
    token: identity ? compileToken(identity, compiler) : null,
  };
}

async function send(
  parts: Parts,
  timeout: number,
  exchange: Exchange,
  services: GatewayServices,
): Promise<GatewayResponse> {
  const url = parts.url(exchange);
  const address = parseBackendAddress(url);
  const { pathname, search } = new URL(url);
  const headers = new HeaderBag();
  for (const edit of parts.headers) edit(headers, exchange);
  if (parts.token) headers.write("Authorization", [`Bearer ${await parts.token(exchange)}`]);
  const method = parts.method(exchange);
  const body = parts.body?.(exchange) ?? null;
  // An expression may have made the path of what a client sent.
  const recorded = exchange.recording?.openCall({ method, address, path: "" });
  const call = callBackend({
    pool: services.pools.pool(address.origin),
    method,
    path: `${pathname}${search}`,
    headers: headers.toLines(framedByUs),
    body,
    timeout,
    source: "send-request",
  });
  const pending = wholeResponse(call);
  return await (recorded?.watch(pending) ?? pending);
}

async function wholeResponse(call: BackendCall): Promise<GatewayResponse> {
  const response = await call.response;
  await response.content.buffer();
  return response;
}

const framedByUs: ReadonlySet<string> = new Set(["host", "content-length"]);

function isTransportFailure(error: unknown): boolean {
  return error instanceof PolicyFailure;
}
