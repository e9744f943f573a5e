import type { Finding, Position } from "../finding.ts";
import type { ApiModel, PlatformModel } from "../model/model.ts";
import { compareByStep, type ApiComparison } from "./reimport/compare-by-step.ts";
import { judgeDeletions } from "./reimport/judge-deletions.ts";
import { judgeSwaps } from "./reimport/judge-swaps.ts";
import { pathsOf, placeOfPath } from "./reimport/places.ts";
import { publishedOperations } from "./reimport/published-operations.ts";

/**
 * What importing the contracts of `head` does to an APIM that has those of `base` imported and their policies
 * attached, as far as it is not what the change says: operations that would be deleted and made anew although they
 * are still in the contract (`apim/operation-deleted`), policy documents that would go with them
 * (`apim/policy-orphaned`), operations whose policies would guard another one (`apim/operation-swapped`), APIs that
 * would move (`apim/path-changed`) or be made anew (`apim/api-renamed`). An operation that really goes is told with a
 * note. Each at the line of `head` that a person would change ("API import restrictions and known issues", Update an
 * existing API via OpenAPI import: "Refrain from changing operationId after initial import. Never change operationId
 * and HTTP method or path template at the same time").
 */
export function judgeReimport(base: PlatformModel, head: PlatformModel): Finding[] {
  const comparisons = base.apis
    .filter(({ gateway }) => gateway)
    .map((api) => compareByStep(api, base, find(head, api.name)));
  const created = [
    ...comparisons.flatMap((comparison) => comparison.created),
    ...head.apis.filter(({ name }) => !find(base, name)?.gateway).flatMap(publishedOperations),
  ];
  return comparisons.flatMap((comparison) => {
    const successor = successorOf(comparison.base, base, head);
    if (successor) return [renamedApi(comparison.base, successor, head)];
    return [
      ...movedApi(comparison, head),
      ...judgeDeletions(comparison, created, head),
      ...judgeSwaps(comparison),
    ];
  });
}

function find({ apis }: PlatformModel, name: string): ApiModel | undefined {
  return apis.find((api) => api.name === name);
}

/** The API that has the path of one that is gone: its file got another name. */
function successorOf(gone: ApiModel, base: PlatformModel, head: PlatformModel): ApiModel | undefined {
  if (find(head, gone.name)) return undefined;
  return head.apis.find(({ name, gateway }) => !find(base, name) && gateway?.path === gone.gateway?.path);
}

function renamedApi(gone: ApiModel, successor: ApiModel, head: PlatformModel): Finding {
  const message =
    `the API ${gone.name} (${gone.files[0]}) is now called ${successor.name}: APIM would have to delete it, with its policies and ` +
    "the subscriptions to it, before it could make another under the same path";
  return error(pathsOf(successor, head), "apim/api-renamed", message, `Keep the file ${gone.files[0]}.`);
}

function movedApi({ base, head: api }: ApiComparison, head: PlatformModel): Finding[] {
  const [before, after] = [base.gateway?.path, api?.gateway?.path];
  if (!api || before === undefined || after === undefined || before === after) return [];
  const first = api.operations.find(({ internal }) => !internal)?.path ?? "";
  const message = `the API ${api.name} moves from /${before} to /${after}: no address that a subscriber knows leads to it any more`;
  const hint = `Publish /${after} as an API of its own, and keep /${before} until nobody calls it.`;
  return [error(placeOfPath(first, api, head), "apim/path-changed", message, hint)];
}

function error(at: Position, rule: string, message: string, hint: string): Finding {
  const { file, line, column } = at;
  return { file, line, column, severity: "error", rule, message, hint };
}
