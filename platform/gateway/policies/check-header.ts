import type { Exchange } from "../pipeline/exchange.ts";
import { PolicyFailure } from "../pipeline/policy-failure.ts";
import type { Policy } from "../compiler/policy.ts";

/**
 * Refuses requests that lack a header, or whose header has none of the listed values.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - check-header".
 */
export const checkHeader: Policy = {
  name: "check-header",
  sections: ["inbound"],
  attributes: {
    name: { required: true },
    "failed-check-httpcode": { required: true },
    "failed-check-error-message": { required: true },
    "ignore-case": { required: true },
  },
  children: { value: { text: { required: true } } },
  compile(element, compiler) {
    const name = compiler.text(element, "name");
    const status = compiler.integer(element, "failed-check-httpcode");
    const publicMessage = compiler.text(element, "failed-check-error-message");
    const ignoreCase = compiler.boolean(element, "ignore-case");
    const allowed = element.children.map((child) => compiler.content(child));
    return (exchange) => {
      const header = name(exchange);
      const values = allowed.map((value) => value(exchange));
      const reason = reasonToRefuse(exchange, header, values, ignoreCase(exchange));
      if (reason === null) return;
      throw new PolicyFailure({
        source: "check-header",
        reason,
        message: messageFor(reason, header, exchange),
        status: status(exchange),
        publicMessage: publicMessage(exchange),
      });
    };
  },
};

type Reason = "HeaderNotFound" | "HeaderValueNotAllowed";

function reasonToRefuse(
  exchange: Exchange,
  header: string,
  allowed: readonly string[],
  ignoreCase: boolean,
): Reason | null {
  const values = exchange.request.headers.get(header.toLowerCase());
  if (values === undefined) return "HeaderNotFound";
  if (allowed.length === 0) return null;
  const folded = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const accepted = new Set(allowed.map(folded));
  return values.some((value) => accepted.has(folded(value))) ? null : "HeaderValueNotAllowed";
}

function messageFor(reason: Reason, header: string, exchange: Exchange): string {
  if (reason === "HeaderNotFound") return `Header ${header} was not found in the request. Access denied.`;
  return `Header ${header} value of ${exchange.request.headers.joined(header.toLowerCase()) ?? ""} is not allowed. Access denied.`;
}
