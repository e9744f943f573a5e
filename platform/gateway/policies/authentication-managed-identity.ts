import type { PolicyElement } from "../documents/policy-element.ts";
import type { Exchange } from "../pipeline/exchange.ts";
import type { AttributeShape, Policy } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";

/**
 * Authenticates with the backend by the gateway's own identity: sets `Authorization`, or puts the bare token into a variable.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - authentication-managed-identity".
 */
export const authenticationManagedIdentity: Policy = {
  name: "authentication-managed-identity",
  sections: ["inbound", "outbound"],
  attributes: {
    resource: { required: true },
    "client-id": {},
    "output-token-variable-name": { literal: true },
    "ignore-error": { literal: true, only: ["true", "false"] },
  },
  compile(element, compiler) {
    const token = compileToken(element, compiler);
    const variable = element.attributes.get("output-token-variable-name")?.value;
    const ignoring = compiler.literal(element, "ignore-error") === "true";
    return async (exchange) => {
      const value = await token(exchange).catch(nothingIf(ignoring));
      if (value === null) return;
      if (variable !== undefined) exchange.variables.set(variable, value);
      else exchange.request.headers.write("Authorization", [`Bearer ${value}`]);
    };
  },
};

/** Attributes of the element inside `send-request`. */
export const identityAttributes: Readonly<Record<string, AttributeShape>> = {
  resource: { required: true },
  "client-id": {},
};

/** Fetches the token that the element asks for. */
export function compileToken(
  element: PolicyElement,
  compiler: PolicyCompiler,
): (exchange: Exchange) => Promise<string> {
  const resource = compiler.text(element, "resource");
  const clientId = compiler.text(element, "client-id");
  const { identity } = compiler.services;
  return async (exchange) => identity.token(resource(exchange), clientId(exchange));
}

function nothingIf(ignoring: boolean): (error: unknown) => null {
  return (error) => {
    if (ignoring) return null;
    throw error;
  };
}
