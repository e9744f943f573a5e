import type { PolicyElement } from "../documents/policy-element.ts";
import { GatewayResponse } from "../messages/gateway-response.ts";
import type { Exchange } from "../pipeline/exchange.ts";
import { allSections } from "./all-sections.ts";
import { editAttributes, editChildren } from "./edit-values.ts";
import type { Policy } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";
import { bodyAttributes, compileBody } from "./set-body.ts";
import { compileHeaderEdit } from "./set-header.ts";
import { compileStatusEdit, statusAttributes } from "./set-status.ts";

/**
 * Ends the pipeline with a response of its own: an empty 200, or the one in a variable, as its children edit it.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - return-response".
 */
export const returnResponse: Policy = {
  name: "return-response",
  sections: allSections,
  attributes: { "response-variable-name": { literal: true } },
  children: {
    "set-status": { max: 1, attributes: statusAttributes },
    "set-header": { attributes: editAttributes, children: editChildren },
    "set-body": { max: 1, attributes: bodyAttributes, text: {} },
  },
  compile(element, compiler) {
    const variable = element.attributes.get("response-variable-name")?.value;
    const edits = element.children.map((child) => compilePart(child, compiler));
    return (exchange) => {
      const response = variable === undefined ? new GatewayResponse(200) : fromVariable(variable, exchange);
      for (const edit of edits) edit(response, exchange);
      exchange.response?.content.stream?.abort();
      exchange.finish(response);
    };
  },
};

type Edit = (response: GatewayResponse, exchange: Exchange) => void;

function compilePart(child: PolicyElement, compiler: PolicyCompiler): Edit {
  if (child.name === "set-status") return compileStatusEdit(child, compiler);
  if (child.name === "set-header") {
    const edit = compileHeaderEdit(child, compiler);
    return (response, exchange) => edit(response.headers, exchange);
  }
  const body = compileBody(child, compiler);
  return (response, exchange) => response.content.replace(body(exchange));
}

function fromVariable(name: string, exchange: Exchange): GatewayResponse {
  const response = exchange.variables.get(name);
  if (!(response instanceof GatewayResponse)) throw new TypeError(`the variable ${name} holds no response`);
  return response.copy();
}
