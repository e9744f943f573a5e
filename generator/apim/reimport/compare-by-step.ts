import type { ApiModel, PlatformModel } from "../../model/model.ts";
import { deployedOperations, publishedOperations, type PublishedOperation } from "./published-operations.ts";
import { simulateImport } from "./simulate-import.ts";

/** What importing an API's new contract does to its operations. */
export interface ApiComparison {
  readonly base: ApiModel;
  /** `undefined` when the contract is gone. */
  readonly head: ApiModel | undefined;
  readonly updated: readonly { readonly before: PublishedOperation; readonly after: PublishedOperation }[];
  readonly created: readonly PublishedOperation[];
  readonly deleted: readonly { readonly operation: PublishedOperation; readonly hasPolicy: boolean }[];
}

/** Imports a contract into what APIM has of the one before it. */
export function compareByStep(
  base: ApiModel,
  baseModel: PlatformModel,
  head: ApiModel | undefined,
): ApiComparison {
  const deployed = deployedOperations(base, baseModel);
  const { steps } = simulateImport([...deployed.keys()], head ? publishedOperations(head) : []);
  return {
    base,
    head,
    updated: steps.flatMap((step) => {
      const before = step.kind === "updated" ? deployed.get(step.before) : undefined;
      return before && step.kind === "updated" ? [{ before, after: step.by }] : [];
    }),
    created: steps.flatMap((step) => (step.kind === "created" ? [step.by] : [])),
    deleted: steps.flatMap((step) => {
      const operation = step.kind === "deleted" ? deployed.get(step.before) : undefined;
      return operation && step.kind === "deleted" ? [{ operation, hasPolicy: step.before.hasPolicy }] : [];
    }),
  };
}
