import { objectAt, stringsAt, type JsonObject } from "../../load/json.ts";
import type { ApiModel, OperationModel } from "../../model/model.ts";
import type { Change, Report } from "../change.ts";
import { originOf } from "../sides/locator.ts";
import { apiSide, type Side } from "../sides/read-side.ts";
import { startOf } from "../../finding.ts";
import { pairApis, sentence, tell, type ApiPair } from "./api-pair.ts";
import { compareOperation } from "./compare-operation.ts";
import { addressOf, matchOperations } from "./match-operations.ts";

/**
 * Compares the contracts that partners see: every public operation of every API.
 * @returns the APIs that both sides have
 */
export function compareApis(base: Side, head: Side, report: Report): ApiPair[] {
  const pairs = head.model.apis.flatMap((api) => {
    const before = base.model.apis.find(({ name }) => name === api.name);
    if (before) return [pairApis(apiSide(base, before), apiSide(head, api), report)];
    if (isPublic(api)) report(apiChange(api, "compatible/api-added", "is new"));
    return [];
  });
  for (const api of base.model.apis.filter(isPublic)) {
    if (head.model.apis.some(({ name }) => name === api.name)) continue;
    report(apiChange(api, "breaking/api-removed", "is gone, and every operation of it"));
  }
  for (const pair of pairs) compareApi(pair);
  return pairs;
}

function isPublic({ operations }: ApiModel): boolean {
  return operations.some(({ internal }) => !internal);
}

function apiChange(api: ApiModel, rule: Change["rule"], what: string): Change {
  const at = startOf(api.files[0]);
  const text = (subject: string): string => `the ${subject} ${what}`;
  return {
    rule,
    at,
    api: api.name,
    place: api.name,
    subject: api.title,
    message: text,
    news: text,
    evidence: { base: [], head: [] },
  };
}

function compareApi(pair: ApiPair): void {
  const { base, head } = pair;
  const matches = matchOperations(base.api.operations, head.api.operations);
  for (const operation of matches.removed) tellRemoved(operation, pair);
  for (const operation of matches.added) tellAdded(operation, pair);
  for (const operations of matches.both) compareOperation({ ...pair, operations });
  if (base.api.gateway && head.api.gateway) compareProducts(pair);
}

function tellRemoved(operation: OperationModel, pair: ApiPair): void {
  const hidden = pair.head.api.operations.find((other) => other.internal && isSame(other, operation));
  const what = hidden ? "is internal now: the gateway does not know it any more" : "is gone";
  const paths = objectAt(pair.base.api.document, "paths");
  const item = objectAt(paths, operation.path);
  pair.judged.base.add(paths, operation.path);
  pair.judged.base.addWhole(item, operation.method.toLowerCase());
  tell(
    pair,
    {
      base: originOf(item, operation.method.toLowerCase()),
      head: hidden && originOf(hidden.node, "x-internal"),
      headNode: objectAt(pair.head.api.document, "paths"),
      alsoBase: [originOf(paths, operation.path)],
    },
    sentence(
      "breaking/operation-removed",
      operation.operationId,
      `${operation.method} ${operation.path} (${operation.operationId}) ${what}`,
      `${operation.method} ${operation.path} is gone`,
    ),
    operation.operationId,
  );
}

function tellAdded(operation: OperationModel, pair: ApiPair): void {
  const paths = objectAt(pair.head.api.document, "paths");
  const item = objectAt(paths, operation.path);
  pair.judged.head.add(paths, operation.path);
  pair.judged.head.addWhole(item, operation.method.toLowerCase());
  tell(
    pair,
    {
      head: originOf(operation.node, "operationId"),
      alsoHead: [originOf(paths, operation.path), originOf(item, operation.method.toLowerCase())],
    },
    sentence(
      "compatible/operation-added",
      operation.operationId,
      `${operation.method} ${operation.path} (${operation.operationId}) is new`,
      `${operation.method} ${operation.path} is new: ${operation.summary}`,
    ),
    operation.operationId,
  );
}

function isSame(a: OperationModel, b: OperationModel): boolean {
  return a.operationId === b.operationId || addressOf(a) === addressOf(b);
}

/** The products whose subscriptions open the API. */
function compareProducts(pair: ApiPair): void {
  const [before, after] = [productsOf(pair.base.api.document), productsOf(pair.head.api.document)];
  const spot = { head: originOf(pair.head.api.document, "x-apim-products") };
  for (const product of before.filter((one) => !after.includes(one))) {
    const text = `the product ${product} does not hold the ${pair.head.api.title} any more: its subscriptions are refused`;
    pair.report({
      ...pair.locator.locate(spot),
      ...sentence("breaking/product-removed", product, text),
      api: pair.name,
      place: product,
    });
  }
  for (const product of after.filter((one) => !before.includes(one)))
    tell(
      pair,
      spot,
      sentence(
        "compatible/product-added",
        product,
        `the product ${product} holds the ${pair.head.api.title}`,
      ),
    );
}

function productsOf(document: JsonObject): string[] {
  return stringsAt(document, "x-apim-products");
}
