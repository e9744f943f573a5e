import type { PolicyElement } from "../documents/policy-element.ts";
import { allSections } from "./all-sections.ts";
import type { Value } from "../compiler/compile-value.ts";
import type { AttributeShape, Policy } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";
import { readText } from "../compiler/value-readers.ts";

/** Attributes of `set-body`; liquid templates are not executed locally. */
export const bodyAttributes: Readonly<Record<string, AttributeShape>> = {
  template: { literal: true, only: ["none"] },
  "xsi-nil": { literal: true, only: [] },
  "parse-date": { literal: true, only: [] },
};

/**
 * Replaces the body: of the request in inbound and backend, of the response in outbound and on-error. Text is sent as UTF-8;
 * `Content-Type` stays as it is.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - set-body".
 */
export const setBody: Policy = {
  name: "set-body",
  sections: allSections,
  attributes: bodyAttributes,
  text: {},
  compile(element, compiler) {
    const body = compileBody(element, compiler);
    const { section } = compiler.place;
    if (section === "inbound" || section === "backend")
      return (exchange) => exchange.request.content.replace(body(exchange));
    return (exchange) => {
      const bytes = body(exchange);
      const { content } = exchange.ensureResponse();
      // Unread, it would keep the backend's connection for ever.
      content.stream?.abort();
      content.replace(bytes);
    };
  },
};

/** The bytes that the element describes; white space is part of a literal. */
export function compileBody(element: PolicyElement, compiler: PolicyCompiler): Value<Buffer> {
  if (!element.text) return () => Buffer.alloc(0);
  const text = compiler.value(element.text, readText);
  return (exchange) => Buffer.from(text(exchange));
}
