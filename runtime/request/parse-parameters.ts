import type { ParameterDefinition } from "../operation.ts";
import type { HttpRequest } from "./http-request.ts";

/** The parameters of a request, of the types that the contract gives them where the text allows it. */
export interface RequestParameters {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

/**
 * Reads the parameters that the contract declares. Query parameters that it does not declare are kept as they are, so
 * that the validator refuses them; a parameter that is sent twice becomes an array, which its schema refuses. Text that
 * is not of the declared type stays text, which its schema refuses too.
 */
export function parseParameters(
  request: HttpRequest,
  definitions: readonly ParameterDefinition[],
): RequestParameters {
  const path: Record<string, unknown> = {};
  const headers: Record<string, unknown> = {};
  for (const definition of definitions) {
    if (definition.in === "path")
      path[definition.name] = convert(request.params[definition.name] ?? "", definition);
    if (definition.in === "header") {
      const value = request.headers.get(definition.name);
      if (value !== null) headers[definition.name] = convert(value, definition);
    }
  }
  return { path, query: parseQuery(request.url, definitions), headers };
}

function parseQuery(
  url: string,
  definitions: readonly ParameterDefinition[],
): Readonly<Record<string, unknown>> {
  const start = url.indexOf("?");
  if (start < 0) return {};
  // Without a prototype: a parameter may be called `__proto__`.
  const query: Record<string, unknown> = { __proto__: null };
  for (const [name, values] of valuesByName(new URLSearchParams(url.slice(start)))) {
    const definition = definitions.find((one) => one.in === "query" && one.name === name);
    const converted = definition ? values.map((value) => convert(value, definition)) : values;
    query[name] = converted.length === 1 && !definition?.array ? converted[0] : converted;
  }
  return query;
}

/** In one pass: `getAll` for each of thousands of names would take the time of their square. */
function valuesByName(parameters: URLSearchParams): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const [name, value] of parameters) {
    const values = all.get(name);
    if (values) values.push(value);
    else all.set(name, [value]);
  }
  return all;
}

function convert(text: string, { type }: ParameterDefinition): unknown {
  switch (type) {
    case "integer":
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case "number":
      return /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text;
    case "boolean":
      return text === "true" || (text === "false" ? false : text);
    case "string":
      return text;
  }
}
