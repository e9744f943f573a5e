import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contractDocument } from "../support/contract-document.ts";
import type { ContractDocument, Place } from "../support/contract-document.ts";

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
  /** `undefined` when the response has none. */
  readonly body: unknown;
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
    pathParameters: Object.fromEntries(named("path").map(({ name, example }) => [name, example])),
    queryParameters: named("query").map(({ name }) => String(name)),
    requestBody: exampleBody(document, document.find(`${place.pointer}/requestBody`)),
    replies: document
      .children(document.find(`${place.pointer}/responses`))
      // The others are problems, which are thrown, and refusals of the gateway.
      .filter(([status]) => Number(status) < 400)
      .map(([status, response]) => exampleReply(document, Number(status), response)),
  };
}

function exampleReply(document: ContractDocument, status: number, response: Place): ExampleReply {
  const headers = document.children(document.find(`${response.pointer}/headers`));
  const [named, required] = [headers, headers.filter(([, { value }]) => value.required === true)].map(
    (some) => some.map(([name, { value }]) => [name.toLowerCase(), String(value.example)] as const),
  );
  return {
    status,
    headers: Object.fromEntries(named ?? []),
    requiredHeaders: (required ?? []).map(([name]) => name),
    body: exampleBody(document, response),
  };
}

/** The first example of the JSON of a request or a response. */
function exampleBody(document: ContractDocument, { pointer }: Place): unknown {
  const [example] = document.children(document.find(`${pointer}/content/application~1json/examples`));
  return example?.[1].value.value;
}
