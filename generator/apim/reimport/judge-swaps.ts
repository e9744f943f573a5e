import type { Finding } from "../../finding.ts";
import type { ApiComparison } from "./compare-by-step.ts";
import { workOf } from "./find-survivor.ts";
import type { PublishedOperation } from "./published-operations.ts";

/**
 * Operations that got the operationId of another one: APIM keeps the policies with the operationId, so what guarded
 * the one guards the other from the import on. The other one may still be there, under another operationId, or be
 * gone.
 */
export function judgeSwaps({ updated, deleted }: ApiComparison): Finding[] {
  const kept = new Map(updated.map(({ before }) => [addressOf(before), before]));
  const gone = new Map(deleted.map(({ operation }) => [addressOf(operation), operation]));
  return updated.flatMap(({ before, after }) => {
    const address = addressOf(after);
    const owner = kept.get(address) ?? takenOver(gone.get(address), before, after);
    return owner && owner !== before ? [swap(owner, after)] : [];
  });
}

/** The operation that is gone, when what has its address now does its work: else it only made room. */
function takenOver(
  gone: PublishedOperation | undefined,
  before: PublishedOperation,
  after: PublishedOperation,
): PublishedOperation | undefined {
  const work = workOf(after);
  return gone && work !== undefined && workOf(gone) === work && workOf(before) !== work ? gone : undefined;
}

function addressOf({ method, urlTemplate }: PublishedOperation): string {
  return `${method} ${urlTemplate}`;
}

function swap(owner: PublishedOperation, after: PublishedOperation): Finding {
  const { file, line, column } = after.source.at;
  const place = `${after.method} ${after.source.path}`;
  const message =
    `${after.operationId} is now ${place}, which was ${owner.operationId}: APIM keeps policies with the operationId, so ` +
    `those of ${after.operationId} would guard what ${owner.operationId} did`;
  const hint = `Keep the operationId ${owner.operationId} for ${place}.`;
  return { file, line, column, severity: "error", rule: "apim/operation-swapped", message, hint };
}
