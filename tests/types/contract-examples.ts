import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contractDocument, escapePointer } from "../support/contract-document.ts";
import type { ContractDocument, Place } from "../support/contract-document.ts";
import { NDJSON } from "../support/ndjson.ts";

const generated = join(import.meta.dirname, "../../generated");

/** An operation of a contract, told by the contract's own examples. */
export interface ExampleOperation {
  readonly api: string;
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** An example of each path parameter. */
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly queryParameters: readonly string[];
  /** An example of each query parameter that must be sent. */
  readonly requiredQuery: Readonly<Record<string, string>>;
  /** `undefined` when the operation takes no body. */
  readonly requestBody: unknown;
  /** What its handler may return: a reply for each status that is no problem. */
  readonly replies: readonly ExampleReply[];
}

/** What a handler may return for one status. */
export interface ExampleReply {
  readonly status: number;
  /** Every header that is declared, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requiredHeaders: readonly string[];
  /** `undefined` when the response has none. Of a streamed one, that of a line. */
  readonly body: unknown;
  /** Whether the body is sent line by line. */
  readonly isStreamed: boolean;
  /** `undefined` when the response has no body. */
  readonly mediaType: string | undefined;
}

/** The contract of an API, `patient`, as it is bundled. */
export function bundledContract(api: string): ContractDocument {
  return contractDocument(JSON.parse(readFileSync(join(generated, api, "openapi.json"), "utf8")) as object);
}

/** What a pointer leads to, going through references on its way. */
export function follow(document: ContractDocument, pointer: string): Place {
  const parts = pointer.split("/").slice(1);
  return parts.reduce((place, part) => document.find(`${place.pointer}/${part}`), document.find("#"));
}

/** The names of the APIs. */
export const apis = ["audit", "patient"] as const;

/** Every operation of an API. */
export function exampleOperations(api: string): ExampleOperation[] {
  const document = bundledContract(api);
  return document.children(document.find("#/paths")).flatMap(([path, item]) =>
    document
      .children(item)
      .filter(([, { value }]) => typeof value.operationId === "string")
      .map(([method, place]) => exampleOperation(document, { api, method, path }, place, item)),
  );
}

function exampleOperation(
  document: ContractDocument,
  known: Pick<ExampleOperation, "api" | "method" | "path">,
  place: Place,
  item: Place,
): ExampleOperation {
  const parameters = [item, place].flatMap((owner) =>
    document.children(document.find(`${owner.pointer}/parameters`)).map(([, { value }]) => value),
  );
  const named = (where: string) => parameters.filter((parameter) => parameter.in === where);
  return {
    ...known,
    operationId: String(place.value.operationId),
    pathParameters: examplesOf(named("path")),
    queryParameters: named("query").map(({ name }) => String(name)),
    requiredQuery: examplesOf(named("query").filter(({ required }) => required === true)),
    requestBody: exampleBody(document, document.find(`${place.pointer}/requestBody`), JSON_TYPE),
    replies: document
      .children(document.find(`${place.pointer}/responses`))
      // The others are problems, which are thrown, and refusals of the gateway.
      .filter(([status]) => Number(status) < 400)
      .map(([status, response]) => exampleReply(document, Number(status), response)),
  };
}

function examplesOf(parameters: readonly Place["value"][]): Record<string, string> {
  return Object.fromEntries(parameters.map(({ name, example }) => [name, String(example)]));
}

const JSON_TYPE = "application/json";

function exampleReply(document: ContractDocument, status: number, response: Place): ExampleReply {
  const headers = document.children(document.find(`${response.pointer}/headers`));
  const [named, required] = [headers, headers.filter(([, { value }]) => value.required === true)].map(
    (some) => some.map(([name, { value }]) => [name.toLowerCase(), String(value.example)] as const),
  );
  const mediaType = [JSON_TYPE, NDJSON].find((type) => hasContent(document, response, type));
  return {
    status,
    headers: Object.fromEntries(named ?? []),
    requiredHeaders: (required ?? []).map(([name]) => name),
    body: mediaType === undefined ? undefined : exampleBody(document, response, mediaType),
    isStreamed: mediaType === NDJSON,
    mediaType,
  };
}

function hasContent(document: ContractDocument, { pointer }: Place, mediaType: string): boolean {
  return document.children(document.find(`${pointer}/content`)).some(([type]) => type === mediaType);
}

/** The first example of a body of a request or a response. */
function exampleBody(document: ContractDocument, { pointer }: Place, mediaType: string): unknown {
  const content = `${pointer}/content/${escapePointer(mediaType)}`;
  const [example] = document.children(document.find(`${content}/examples`));
  return example?.[1].value.value;
}
