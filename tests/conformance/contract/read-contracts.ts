import { readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import {
  isObject,
  listAt,
  objectAt,
  stringAt,
  type Json,
  type JsonObject,
} from "../../../generator/load/json.ts";
import type {
  CheckedBody,
  CheckedContent,
  CheckedHeader,
  CheckedLink,
  CheckedOperation,
  CheckedParameter,
  CheckedResponse,
} from "./operation.ts";
import { follow, join } from "./pointer.ts";

/** A published contract: what a client downloads, and nothing that was generated beside it. */
export interface PublishedContract {
  readonly api: string;
  readonly document: JsonObject;
  readonly operations: readonly CheckedOperation[];
}

/** `x-max-bytes` when a body does not say it. */
const DEFAULT_MAX_BYTES = 2_097_152;

/** Reads the published document of each API of `generated/manifest.json`. */
export function readContracts(projectDirectory: string): PublishedContract[] {
  const generated = joinPath(projectDirectory, "generated");
  const apis = listAt(readJson(joinPath(generated, "manifest.json")), "apis").filter(isObject);
  return apis.map((entry) => {
    const api = stringAt(entry, "name") ?? "";
    const document = readJson(joinPath(generated, stringAt(entry, "document") ?? ""));
    return { api, document, operations: operationsOf(api, document) };
  });
}

function readJson(file: string): JsonObject {
  const json: Json = JSON.parse(readFileSync(file, "utf8")) as Json;
  if (!isObject(json)) throw new Error(`${file} holds no JSON object. Run: npm run generate`);
  return json;
}

function operationsOf(api: string, document: JsonObject): CheckedOperation[] {
  return Object.entries(objectAt(document, "paths")).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {}).flatMap(([method, node]) =>
      isObject(node) && typeof node.operationId === "string"
        ? [readOperation({ api, document, path, method }, node)]
        : [],
    ),
  );
}

function readOperation(
  { api, document, path, method }: { api: string; document: JsonObject; path: string; method: string },
  node: JsonObject,
): CheckedOperation {
  const item = join("/paths", path);
  const pointer = join(item, method);
  return {
    api,
    document,
    path,
    pointer,
    operationId: stringAt(node, "operationId") ?? "",
    method: method.toUpperCase(),
    internal: node["x-internal"] === true,
    onlyReads:
      method === "get" ||
      ["read", "search", "export"].includes(stringAt(objectAt(node, "x-audit"), "action") ?? ""),
    parameters: [...parametersAt(document, item), ...parametersAt(document, pointer)],
    body: readBody(document, pointer),
    responses: readResponses(document, pointer),
  };
}

function parametersAt(document: JsonObject, owner: string): CheckedParameter[] {
  const count = listAt(follow(document, owner).value, "parameters").length;
  return Array.from({ length: count }, (_, index) => {
    const { pointer, value } = follow(document, join(owner, "parameters", index));
    const place = stringAt(value, "in");
    if (place !== "path" && place !== "query" && place !== "header")
      throw new Error(`${pointer}: a parameter is in path, query or header`);
    const name = stringAt(value, "name") ?? "";
    return {
      name: place === "header" ? name.toLowerCase() : name,
      in: place,
      required: value.required === true,
      pointer,
      schema: join(pointer, "schema"),
      invalidStatus: typeof value["x-invalid-status"] === "number" ? value["x-invalid-status"] : 404,
    };
  });
}

function readBody(document: JsonObject, operation: string): CheckedBody | null {
  const { pointer, value } = follow(document, join(operation, "requestBody"));
  if (Object.keys(value).length === 0) return null;
  return {
    required: value.required === true,
    pointer,
    contents: contentsAt(document, pointer),
    maxBytes: typeof value["x-max-bytes"] === "number" ? value["x-max-bytes"] : DEFAULT_MAX_BYTES,
  };
}

function readResponses(document: JsonObject, operation: string): Map<string, CheckedResponse> {
  const statuses = Object.keys(follow(document, join(operation, "responses")).value);
  return new Map(
    statuses.map((status) => {
      const { pointer, value } = follow(document, join(operation, "responses", status));
      return [
        status,
        {
          status,
          pointer,
          headers: headersAt(document, pointer),
          contents: contentsAt(document, pointer),
          links: Object.values(objectAt(value, "links")).filter(isObject).map(readLink),
        },
      ];
    }),
  );
}

function headersAt(document: JsonObject, response: string): CheckedHeader[] {
  const names = Object.keys(objectAt(follow(document, response).value, "headers"));
  return names.map((name) => {
    const { pointer, value } = follow(document, join(response, "headers", name));
    return {
      name: name.toLowerCase(),
      required: value.required === true,
      pointer,
      schema: join(pointer, "schema"),
    };
  });
}

function contentsAt(document: JsonObject, owner: string): CheckedContent[] {
  return Object.keys(objectAt(follow(document, owner).value, "content")).map((mediaType) => ({
    mediaType,
    schema: join(owner, "content", mediaType, "schema"),
  }));
}

function readLink(link: JsonObject): CheckedLink {
  const parameters = Object.entries(objectAt(link, "parameters")).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { operationId: stringAt(link, "operationId") ?? "", parameters: Object.fromEntries(parameters) };
}
