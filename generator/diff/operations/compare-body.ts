import { isObject, isSchema, objectAt, type Json, type JsonObject } from "../../load/json.ts";
import type { OperationModel } from "../../model/model.ts";
import type { Term } from "../schemas/shape.ts";
import { originOf } from "../sides/locator.ts";
import { judgeValues } from "../values/judge-values.ts";
import {
  firstDifferent,
  judgeContainers,
  judgeKeys,
  resolvePair,
  sentence,
  tell,
  type OperationPair,
} from "./api-pair.ts";

/** Compares what partners may and must send as the body. */
export function compareBody(pair: OperationPair): void {
  const { base, head } = pair.operations;
  const [before, after] = [base.node.requestBody, head.node.requestBody];
  if (before === undefined && after === undefined) return;
  if (after === undefined) tellRemoved(pair);
  else if (before === undefined) tellAdded(head, pair);
  else compareBodies(before, after, pair);
}

function tellRemoved(pair: OperationPair): void {
  const { base, head } = pair.operations;
  pair.judged.base.addWhole(base.node, "requestBody");
  tell(
    pair,
    { base: originOf(base.node, "requestBody"), headNode: head.node },
    sentence(
      "breaking/request-body-removed",
      "the body",
      "the body is gone: what partners send is not read any more",
      "no body can be sent any more",
    ),
    base.operationId,
  );
}

function tellAdded(head: OperationModel, pair: OperationPair): void {
  pair.judged.head.addWhole(head.node, "requestBody");
  tell(
    pair,
    { head: originOf(head.node, "requestBody") },
    head.body?.required === true
      ? sentence(
          "breaking/request-body-required",
          "the body",
          "a body is required now: requests without one are rejected",
          "a body must be sent",
        )
      : sentence("compatible/request-widened", "the body", "a body can be sent"),
    pair.operations.base.operationId,
  );
}

function compareBodies(before: Json, after: Json, pair: OperationPair): void {
  const { base, head, swap } = resolvePair(pair, before, after);
  const operation = pair.operations.base.operationId;
  judgeContainers(pair, base, head, ["content"]);
  judgeKeys(pair, base, head, ["required", "x-max-bytes"]);
  const spot = (key: string): Parameters<typeof tell>[1] => ({
    head: originOf(head, key),
    base: originOf(base, key),
    headNode: head,
    swap,
  });
  const [was, is] = [base.required === true, head.required === true];
  if (was !== is) {
    const told = is
      ? sentence(
          "breaking/request-body-required",
          "the body",
          "the body is required now: requests without one are rejected",
          "a body must be sent",
        )
      : sentence("compatible/request-widened", "the body", "the body may be left out");
    tell(pair, spot("required"), told, operation);
  }
  compareSize(pair, spot("x-max-bytes"));
  compareMediaTypes(base, head, pair, swap);
}

function compareSize(pair: OperationPair, spot: Parameters<typeof tell>[1]): void {
  const { base, head } = pair.operations;
  const [from, to] = [base.body?.maxBytes ?? 0, head.body?.maxBytes ?? 0];
  if (from === to) return;
  const text = `the body may have ${to} bytes, it was ${from}`;
  const rule = to < from ? "breaking/request-body-size" : "compatible/request-widened";
  tell(pair, spot, sentence(rule, "the body", text), base.operationId);
}

function compareMediaTypes(base: JsonObject, head: JsonObject, pair: OperationPair, swap: Swap): void {
  const [before, after] = [byType(objectAt(base, "content")), byType(objectAt(head, "content"))];
  const operation = pair.operations.base.operationId;
  const [contentBefore, contentAfter] = [objectAt(base, "content"), objectAt(head, "content")];
  for (const [type, written] of before) {
    const other = after.get(type);
    if (other !== undefined) compareMedia(contentBefore[written], contentAfter[other], pair, swap);
    else
      tell(
        pair,
        { base: originOf(contentBefore, written), headNode: contentAfter, swap },
        sentence("breaking/request-media-type-removed", type, `a body of the type ${type} is refused now`),
        operation,
      );
  }
  for (const [type, written] of after) {
    if (before.has(type)) continue;
    const told = sentence(
      "compatible/request-media-type-added",
      type,
      `a body of the type ${type} can be sent`,
    );
    tell(pair, { head: originOf(contentAfter, written), swap }, told, operation);
    pair.judged.head.addWhole(contentAfter, written);
  }
}

type Swap = ReturnType<typeof resolvePair>["swap"];

/** Media types as they compare, and as they are written (RFC 9110, 8.3.1). */
export function byType(content: JsonObject): Map<string, string> {
  return new Map(Object.keys(content).map((type) => [type.toLowerCase().replaceAll(" ", ""), type]));
}

function compareMedia(
  before: Json | undefined,
  after: Json | undefined,
  pair: OperationPair,
  swap: Swap,
): void {
  const [base, head] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  const operation = pair.operations.base.operationId;
  judgeKeys(pair, base, head, ["schema"]);
  const key = firstDifferent(pair, base, head, ["encoding"]);
  if (key !== undefined) {
    const told = sentence(
      "breaking/unproved",
      "the body",
      "the encoding of the body changed, which cannot be proved compatible",
    );
    tell(
      pair,
      { head: originOf(head, key), base: originOf(base, key), headNode: head, swap },
      told,
      operation,
    );
  }
  judgeValues(pair.terms, termOf(base), termOf(head), {
    api: pair.name,
    operation,
    locator: pair.locator,
    report: pair.report,
    known: pair.base.api.document,
    swap,
    direction: "request",
    kind: "property",
    label: undefined,
  });
}

/** The schema of a media type. */
export function termOf({ schema }: JsonObject): Term {
  return isSchema(schema) ? [schema] : [];
}
