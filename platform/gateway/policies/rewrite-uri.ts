import type { Exchange } from "../pipeline/exchange.ts";
import { PolicyFailure } from "../pipeline/policy-failure.ts";
import type { Policy } from "../compiler/policy.ts";

/**
 * Replaces path and query of the backend request. `{name}` stands for a matched parameter of the operation; parameters of the
 * incoming query that the operation's template does not name are appended, unless `copy-unmatched-params` is false.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - rewrite-uri".
 */
export const rewriteUri: Policy = {
  name: "rewrite-uri",
  sections: ["inbound"],
  attributes: { template: { required: true }, "copy-unmatched-params": {} },
  compile(element, compiler) {
    const template = compiler.text(element, "template");
    const copying = compiler.boolean(element, "copy-unmatched-params", true);
    return (exchange) => rewrite(exchange, template(exchange), copying(exchange));
  },
};

function rewrite(exchange: Exchange, template: string, copying: boolean): void {
  const { url, matchedParameters } = exchange.request;
  const filled = template.replace(/\{\*?([^{}]+)\}/g, (_whole, name: string) => {
    const value = matchedParameters.get(name);
    if (value === undefined) throw unknownParameter(name);
    return encodeURIComponent(value);
  });
  const mark = filled.indexOf("?");
  const path = mark === -1 ? filled : filled.slice(0, mark);
  const copied = copying ? [...url.query].filter(([name]) => !matchedParameters.has(name)) : [];
  url.path = path.startsWith("/") ? path : `/${path}`;
  url.queryString = mark === -1 ? "" : filled.slice(mark);
  for (const [name, values] of copied) if (!url.query.has(name)) url.appendParameter(name, values);
}

function unknownParameter(name: string): PolicyFailure {
  return new PolicyFailure({
    source: "rewrite-uri",
    reason: "ParameterNotFound",
    message: `The operation has no parameter {${name}}.`,
  });
}
