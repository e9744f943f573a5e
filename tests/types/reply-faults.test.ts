import { describe, expect, it } from "@jest/globals";
import { operations as audit } from "../../generated/audit/operations.ts";
import { operations as patient } from "../../generated/patient/operations.ts";
import type { OperationDefinition } from "../../runtime/operation.ts";
import { pipeline } from "../../runtime/pipeline.ts";
import type { HttpReply } from "../../runtime/serialise.ts";
import { ReplyContractError } from "../../runtime/reply-validation/reply-contract-error.ts";
import type { ReplyFault } from "../../runtime/reply-validation/reply-fault.ts";
import type { Reply } from "../../runtime/reply.ts";
import { caught } from "../../runtime/testing/caught.ts";
import { fakeRequest, jsonRequest } from "../../runtime/testing/fake-request.ts";
import { fakeServices } from "../../runtime/testing/fake-services.ts";
import { CANARY } from "../support/canary.ts";
import { escapePointer } from "../support/contract-document.ts";
import type { ContractDocument, Place } from "../support/contract-document.ts";
import { brokenReplies, replyOf } from "./broken-replies.ts";
import { apis, bundledContract, exampleOperations, follow } from "./contract-examples.ts";
import type { ExampleOperation } from "./contract-examples.ts";

const definitions: Readonly<Record<string, OperationDefinition>> = { ...audit, ...patient };
const documents = new Map(apis.map((api) => [api as string, bundledContract(api)]));

const cases = apis.flatMap(exampleOperations).flatMap((operation) =>
  operation.replies.map((example) => {
    const document = documentOf(operation);
    const { path, method } = operation;
    const response = `/paths/${path.replaceAll("/", "~1")}/${method}/responses/${example.status}`;
    const schema = follow(document, `${response}/content/${escapePointer(example.mediaType ?? "")}/schema`);
    const broken = brokenReplies(example, schema, document);
    return { name: `${operation.operationId} ${example.status}`, operation, example, document, broken };
  }),
);

/** Sends the contract's own example of a request through the pipeline to a handler that returns a reply. */
function serve(operation: ExampleOperation, reply: Reply) {
  const { operationId, method, path, pathParameters, requiredQuery, requestBody } = operation;
  const definition = definitions[operationId];
  if (!definition) throw new Error(`${operationId} is not generated.`);
  const query = new URLSearchParams(requiredQuery).toString();
  const target = `${path.replace(/\{(\w+)\}/g, (_, name: string) => pathParameters[name] ?? "")}?${query}`;
  const request = { method: method.toUpperCase(), target, params: pathParameters };
  const services = fakeServices();
  const answer = pipeline(
    definition,
    () => Promise.resolve(reply),
    services,
  )(requestBody === undefined ? fakeRequest(request) : jsonRequest(requestBody, request));
  return { services, answer };
}

/** An answer that has been read to its end: a fault in what is streamed shows there. */
async function sent(answer: Promise<HttpReply>): Promise<HttpReply> {
  const http = await answer;
  if (http.body instanceof ReadableStream) await new Response(http.body).arrayBuffer();
  return http;
}

/** What the compiler cannot see, the pipeline finds: every operation of both APIs, each of its statuses, one fault each. */
describe("a reply", () => {
  it.each(cases)("that the contract shows as an example leaves: $name", async ({ operation, example }) => {
    const { services, answer } = serve(operation, replyOf(example));
    expect((await sent(answer)).status).toBe(example.status);
    expect(services.recorded.events).toEqual([]);
  });

  it.each(cases)("with a fault fails its test: $name", async ({ operation, document, broken }) => {
    expect(broken.length).toBeGreaterThan(5);
    for (const { fault, reply, rule } of broken) {
      const { services, answer } = serve(operation, reply);
      const error = await caught(() => sent(answer));
      if (!(error instanceof ReplyContractError)) throw new Error(`${fault} is not found`, { cause: error });
      const found = error.fault;
      expect([fault, found.status, found.rule]).toEqual([fault, reply.status, expect.stringMatching(rule)]);
      expect([fault, found, isInContract(document, found)]).toEqual([fault, found, true]);
      expect(services.recorded.events[0]).toMatchObject({ event: "reply-breaks-contract", ...found });
      expect(JSON.stringify([String(error), services.recorded.events])).not.toContain(CANARY);
    }
  });
});

/** The rules at a place. A choice of schemas is told as one, so a pointer may lead through any of them. */
function rulesAt(document: ContractDocument, pointer: string): string[] {
  const withAlternatives = (place: Place): Place[] => [
    place,
    ...document.children(document.find(`${place.pointer}/oneOf`)).map(([, one]) => one),
  ];
  const parts = pointer.split("/").slice(1);
  const places = parts.reduce(
    (found, part) => found.flatMap((place) => withAlternatives(document.find(`${place.pointer}/${part}`))),
    [document.find("#")],
  );
  return places.flatMap(({ value }) => Object.keys(value));
}

function documentOf({ api }: ExampleOperation): ContractDocument {
  const document = documents.get(api);
  if (!document) throw new Error(`There is no contract of ${api}.`);
  return document;
}

/** What is not declared has no place of its own; everything else stands where the pointer leads to. */
function isInContract(document: ContractDocument, { pointer, rule }: ReplyFault): boolean {
  if (rule.startsWith("undeclared-")) return true;
  const [, response = "", header] = /^(.*)\/headers\/([^/]*)$/.exec(pointer) ?? [];
  if (header === undefined) return rule === "required" || rulesAt(document, pointer).includes(rule);
  const names = document
    .children(follow(document, `${response}/headers`))
    .map(([name]) => name.toLowerCase());
  return names.includes(header);
}
