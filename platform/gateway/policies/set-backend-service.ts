import { parseBackendAddress, requireBackendAddress } from "../backends/backend-address.ts";
import type { BackendAddress } from "../backends/backend-address.ts";
import type { PolicyElement, PolicyText } from "../documents/policy-element.ts";
import type { Value } from "../compiler/compile-value.ts";
import type { Policy } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";
import { readText } from "../compiler/value-readers.ts";

/**
 * Redirects the request to another backend: a URL, or a backend resource by its id. Path and query of the operation are kept
 * behind the backend's base path; of several in one chain the last executed wins.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - set-backend-service".
 */
export const setBackendService: Policy = {
  name: "set-backend-service",
  sections: ["inbound", "backend"],
  attributes: { "base-url": {}, "backend-id": {} },
  compile(element, compiler) {
    const address = compileAddress(element, compiler);
    return (exchange) => {
      const backend = address(exchange);
      exchange.backend = backend;
      exchange.request.url.moveTo(backend);
    };
  },
};

function compileAddress(element: PolicyElement, compiler: PolicyCompiler): Value<BackendAddress> {
  const url = element.attributes.get("base-url");
  const id = element.attributes.get("backend-id");
  if (url && !id) return addressOfUrl(url, compiler);
  if (id && !url) return addressOfId(id, compiler);
  return compiler.fail(element.line, "<set-backend-service> takes either base-url or backend-id");
}

function addressOfUrl(url: PolicyText, compiler: PolicyCompiler): Value<BackendAddress> {
  if (!url.expression) {
    const address = requireBackendAddress(url.value, compiler.where(url.line));
    return () => address;
  }
  const value = compiler.value(url, readText);
  return (exchange) => parseBackendAddress(value(exchange));
}

function addressOfId(id: PolicyText, compiler: PolicyCompiler): Value<BackendAddress> {
  const { backends } = compiler.services;
  if (!id.expression && !backends.has(id.value)) {
    compiler.fail(
      id.line,
      `backend "${id.value}" does not exist; expected one of ${[...backends.keys()].join(", ")}`,
    );
  }
  const value = compiler.value(id, readText);
  return (exchange) => {
    const address = backends.get(value(exchange));
    if (address === undefined) throw new TypeError("the backend that the expression names does not exist");
    return address;
  };
}
