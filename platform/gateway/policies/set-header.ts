import type { PolicyElement } from "../documents/policy-element.ts";
import type { HeaderBag } from "../messages/header-bag.ts";
import type { Exchange } from "../pipeline/exchange.ts";
import { allSections } from "./all-sections.ts";
import { compileEdit, editAttributes, editChildren } from "./edit-values.ts";
import type { EditableValues } from "./edit-values.ts";
import type { Policy } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";

/**
 * Assigns, adds or deletes a header: of the request in inbound and backend, of the response in outbound and on-error.
 * Null gives an empty value. `Connection`, `Content-Length`, `Keep-Alive` and `Transfer-Encoding` belong to the gateway.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - set-header".
 */
export const setHeader: Policy = {
  name: "set-header",
  sections: allSections,
  attributes: editAttributes,
  children: editChildren,
  compile(element, compiler) {
    const edit = compileHeaderEdit(element, compiler);
    const { section } = compiler.place;
    if (section === "inbound" || section === "backend")
      return (exchange) => edit(exchange.request.headers, exchange);
    return (exchange) => edit(exchange.ensureResponse().headers, exchange);
  },
};

/** The same edit for a message that `send-request` or `return-response` builds. */
export function compileHeaderEdit(
  element: PolicyElement,
  compiler: PolicyCompiler,
): (headers: HeaderBag, exchange: Exchange) => void {
  const name = element.attributes.get("name");
  if (name && !name.expression) refuse(name.value, name.line, compiler);
  const edit = compileEdit(element, compiler);
  return (headers, exchange) => edit(editable(headers), exchange);
}

const framing = new Set(["connection", "content-length", "keep-alive", "transfer-encoding"]);
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function refuse(name: string, line: number, compiler: PolicyCompiler): void {
  if (framing.has(name.toLowerCase()))
    compiler.fail(line, `the header ${name} cannot be changed by set-header`);
  if (!token.test(name)) compiler.fail(line, `"${name}" is no header name`);
}

/** Names in any case; values cleaned of what would end the line, which an expression over client input could bring. */
function editable(headers: HeaderBag): EditableValues {
  return {
    has: (name) => headers.has(name.toLowerCase()),
    delete: (name) => headers.delete(checked(name).toLowerCase()),
    write: (name, values) => headers.write(checked(name), values.map(oneLine)),
    append: (name, values) => headers.append(checked(name), values.map(oneLine)),
  };
}

function checked(name: string): string {
  if (framing.has(name.toLowerCase()) || !token.test(name))
    throw new TypeError("the name of a header that cannot be set");
  return name;
}

function oneLine(value: string): string {
  return value.replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, "");
}
