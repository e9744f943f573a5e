import { curlSample } from "./curl-sample.ts";
import { arrayOf, isObject, objectOf } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";
import { methods } from "./public-document.ts";
import { resolveReference } from "./resolve-reference.ts";

/**
 * Adds a curl line to each operation as `x-codeSamples`, which Redoc shows beside it.
 *
 * @param gatewayUrl where the samples call, such as `http://127.0.0.1:8080`
 */
export function withCodeSamples(document: JsonObject, gatewayUrl: string): JsonObject {
  const paths = Object.entries(objectOf(document.paths)).map(([path, item]) => {
    const entries = Object.entries(objectOf(item)).map(([key, value]) =>
      methods.includes(key) && isObject(value)
        ? [key, withSample(document, gatewayUrl + path, key, objectOf(item), value)]
        : [key, value],
    );
    return [path, Object.fromEntries(entries) as JsonObject] as const;
  });
  return { ...document, paths: Object.fromEntries(paths) };
}

function withSample(
  document: JsonObject,
  url: string,
  method: string,
  item: JsonObject,
  operation: JsonObject,
) {
  const shared = parametersOf(document, item.parameters);
  const own = parametersOf(document, operation.parameters);
  const source = curlSample({
    document,
    method,
    url,
    parameters: [...shared, ...own],
    body: resolveReference(document, operation.requestBody),
  });
  return { ...operation, "x-codeSamples": [{ lang: "Shell", label: "curl", source }] };
}

function parametersOf(document: JsonObject, parameters: Json | undefined): JsonObject[] {
  return arrayOf(parameters).map((parameter) => resolveReference(document, parameter));
}
