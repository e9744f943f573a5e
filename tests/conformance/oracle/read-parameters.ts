import type { Json } from "../../../generator/load/json.ts";
import type { CheckedOperation, CheckedParameter } from "../contract/operation.ts";
import { parametersIn } from "../contract/operation.ts";
import { joinSchemas, typesOf } from "../contract/schema.ts";
import { headerOf, queryOf, segmentsOf, type SentRequest } from "./sent-request.ts";

/** The parameters of a request as values of their schemas. */
export interface ReadParameters {
  readonly path: Readonly<Record<string, Json>>;
  readonly query: Readonly<Record<string, Json>>;
  readonly header: Readonly<Record<string, Json>>;
  /** Whether the query has a name that the operation does not declare. */
  readonly hasUnknownQuery: boolean;
}

/**
 * Reads parameters by the styles that OpenAPI 3.1 gives them by default: `simple` in path and headers, `form` with `explode`
 * in the query, so that a list is a name that is repeated. A name that is repeated without being a list stays several values.
 */
export function readParameters(sent: SentRequest, operation: CheckedOperation): ReadParameters {
  const values = new Map<string, string[]>();
  for (const [name, value] of queryOf(sent)) values.set(name, [...(values.get(name) ?? []), value]);
  const query = parametersIn(operation, "query");
  return {
    path: readPath(sent, operation),
    header: readHeaders(sent, operation),
    query: Object.fromEntries(
      query.flatMap((parameter): [string, Json][] => {
        const texts = values.get(parameter.name);
        return texts ? [[parameter.name, readQuery(texts, parameter, operation)]] : [];
      }),
    ),
    hasUnknownQuery: [...values.keys()].some((name) => !query.some((parameter) => parameter.name === name)),
  };
}

function readPath(sent: SentRequest, operation: CheckedOperation): Record<string, Json> {
  const segments = segmentsOf(sent);
  const names = operation.path.split("/").slice(1);
  return Object.fromEntries(
    parametersIn(operation, "path").map((parameter) => {
      const text = decodeSegment(segments[names.indexOf(`{${parameter.name}}`)] ?? "");
      return [parameter.name, asDeclared(text, parameter, operation)];
    }),
  );
}

/** An escaped slash stays one (`expectations.ts`, `path-slash`). */
function decodeSegment(segment: string): string {
  return segment
    .split(/(%2f)/i)
    .map((part, index) => (index % 2 === 1 ? part : decodeURIComponent(part)))
    .join("");
}

function readHeaders(sent: SentRequest, operation: CheckedOperation): Record<string, Json> {
  return Object.fromEntries(
    parametersIn(operation, "header").flatMap((parameter): [string, Json][] => {
      const text = headerOf(sent, parameter.name);
      return text === null ? [] : [[parameter.name, readHeader(text, parameter, operation)]];
    }),
  );
}

function readHeader(text: string, parameter: CheckedParameter, operation: CheckedOperation): Json {
  if (!isList(parameter, operation)) return asDeclared(text, parameter, operation);
  return text.split(",").map((one) => asDeclared(one.trim(), parameter, operation));
}

function readQuery(texts: readonly string[], parameter: CheckedParameter, operation: CheckedOperation): Json {
  const values = texts.map((text) => asDeclared(text, parameter, operation));
  const [only] = values;
  return values.length === 1 && only !== undefined && !isList(parameter, operation) ? only : values;
}

/** Text that is not of the declared type stays text, which its schema refuses. */
function asDeclared(text: string, parameter: CheckedParameter, operation: CheckedOperation): Json {
  const schema = joinSchemas(operation.document, [parameter.schema]);
  const item = schema.items ? joinSchemas(operation.document, schema.items) : schema;
  return readText(text, typesOf(item)?.[0]);
}

/** @param type of JSON Schema */
export function readText(text: string, type: string | undefined): Json {
  // How a number is written in a parameter: `expectations.ts`, `parameter-numbers`.
  if (type === "integer" && /^-?[0-9]{1,15}$/.test(text)) return Number(text);
  if (type === "number" && /^-?[0-9]{1,15}(\.[0-9]{1,15})?$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

function isList({ schema }: CheckedParameter, { document }: CheckedOperation): boolean {
  return typesOf(joinSchemas(document, [schema]))?.includes("array") ?? false;
}
