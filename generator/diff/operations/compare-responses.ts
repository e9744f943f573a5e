import { isObject, objectAt, type Json, type JsonObject } from "../../load/json.ts";
import type { ApiModel } from "../../model/model.ts";
import type { Term } from "../schemas/shape.ts";
import { originOf } from "../sides/locator.ts";
import { judgeValues } from "../values/judge-values.ts";
import { judgeContainers, judgeKeys, resolvePair, sentence, tell, type OperationPair } from "./api-pair.ts";
import { byType, termOf } from "./compare-body.ts";
import { compareHeaders } from "./compare-headers.ts";

/** Compares what partners get. */
export function compareResponses(pair: OperationPair): void {
  const before = objectAt(pair.operations.base.node, "responses");
  const after = objectAt(pair.operations.head.node, "responses");
  for (const status of Object.keys(before)) {
    const key = findStatus(status, after);
    if (key !== undefined) compareResponse(before[status], after[key], status, pair);
    else tellRemoved(status, before, after, pair);
  }
  for (const status of Object.keys(after)) {
    const key = findStatus(status, before);
    if (key === undefined) tellAdded(status, after, pair);
    else if (!(status in before)) compareResponse(before[key], after[status], status, pair);
  }
  compareGatewayError(pair);
}

/** What the gateway refuses by itself has a body of its own on every public operation (published-document.ts). */
function compareGatewayError(pair: OperationPair): void {
  const schemaOf = (api: ApiModel): Term => [api.schemas.GatewayError ?? true];
  judgeValues(pair.terms, schemaOf(pair.base.api), schemaOf(pair.head.api), {
    api: pair.name,
    operation: pair.operations.base.operationId,
    locator: pair.locator,
    report: pair.report,
    known: pair.base.api.document,
    swap: undefined,
    direction: "response",
    kind: "property",
    label: undefined,
  });
}

/** What says how a status is answered: itself, its class, or `default` (OpenAPI 3.1.1, 4.8.16). */
function findStatus(status: string, responses: JsonObject): string | undefined {
  const range = `${status.slice(0, 1)}XX`;
  return [status, range, range.toLowerCase(), "default"].find((key) => key in responses);
}

/**
 * Clients treat a failure that they do not know as its class (RFC 9110, 15). 206 and 304 only answer requests that ask for
 * them, 1xx are no answers.
 */
function isForeseen(status: string): boolean {
  return /^[145]|^default$/i.test(status) || status === "206" || status === "304";
}

/** Who sends a precondition counts on being refused when it fails (RFC 9110, 13.1.1): otherwise an update is lost. */
function guardsWrites(status: string, pair: OperationPair): boolean {
  const headers = pair.operations.base.parameters.filter((parameter) => parameter.in === "header");
  return status === "412" && headers.some(({ name }) => /^if-(match|unmodified-since)$/.test(name));
}

function tellRemoved(status: string, before: JsonObject, after: JsonObject, pair: OperationPair): void {
  const isFailure = isForeseen(status) && !guardsWrites(status, pair);
  pair.judged.base.addWhole(before, status);
  tell(
    pair,
    { base: originOf(before, status), headNode: after },
    isFailure
      ? sentence(
          "compatible/response-status-removed",
          status,
          `the status ${status} is not answered any more`,
        )
      : sentence(
          "breaking/response-status-removed",
          status,
          `the status ${status} that partners wait for is gone`,
          `the status ${status} is not answered any more`,
        ),
    pair.operations.base.operationId,
  );
}

function tellAdded(status: string, after: JsonObject, pair: OperationPair): void {
  pair.judged.head.addWhole(after, status);
  tell(
    pair,
    { head: originOf(after, status) },
    isForeseen(status)
      ? sentence("compatible/response-status-added", status, `the status ${status} may be answered`)
      : sentence(
          "breaking/response-status-added",
          status,
          `${status} is answered, a success that partners do not know`,
          `the status ${status} may be answered`,
        ),
    pair.operations.base.operationId,
  );
}

function compareResponse(
  before: Json | undefined,
  after: Json | undefined,
  status: string,
  pair: OperationPair,
): void {
  const { base, head, swap } = resolvePair(pair, before, after);
  judgeContainers(pair, base, head, ["headers", "content"]);
  compareHeaders(objectAt(base, "headers"), objectAt(head, "headers"), { pair, swap, head });
  compareMediaTypes(base, head, status, pair, swap);
}

type Swap = ReturnType<typeof resolvePair>["swap"];

function compareMediaTypes(
  base: JsonObject,
  head: JsonObject,
  status: string,
  pair: OperationPair,
  swap: Swap,
): void {
  const operation = pair.operations.base.operationId;
  const [contentBefore, contentAfter] = [objectAt(base, "content"), objectAt(head, "content")];
  const [before, after] = [byType(contentBefore), byType(contentAfter)];
  for (const [type, written] of before) {
    const other = after.get(type);
    if (other !== undefined) {
      compareMedia(contentBefore[written], contentAfter[other], pair, swap);
      continue;
    }
    pair.judged.base.addWhole(contentBefore, written);
    const told = sentence(
      "breaking/response-media-type-removed",
      type,
      `${status} is not answered with ${type} any more`,
    );
    const headNode = "content" in head ? contentAfter : head;
    tell(pair, { base: originOf(contentBefore, written), headNode, swap }, told, operation);
  }
  for (const [type, written] of after) {
    if (before.has(type)) continue;
    pair.judged.head.addWhole(contentAfter, written);
    const told = sentence(
      "compatible/response-media-type-added",
      type,
      `${status} may be answered with ${type}`,
    );
    tell(pair, { head: originOf(contentAfter, written), swap }, told, operation);
  }
}

function compareMedia(
  before: Json | undefined,
  after: Json | undefined,
  pair: OperationPair,
  swap: Swap,
): void {
  const [base, head] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  judgeKeys(pair, base, head, ["schema"]);
  judgeValues(pair.terms, termOf(base), termOf(head), {
    api: pair.name,
    operation: pair.operations.base.operationId,
    locator: pair.locator,
    report: pair.report,
    known: pair.base.api.document,
    swap,
    direction: "response",
    kind: "property",
    label: undefined,
  });
}
