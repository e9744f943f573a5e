import { urlTemplate } from "../../emit/url-template.ts";
import type { ApiModel, OperationModel, PlatformModel } from "../../model/model.ts";
import { simulateImport, type ApimOperation, type ImportedOperation } from "./simulate-import.ts";

/** An operation of the gateway, with what the contract says of it. */
export interface PublishedOperation extends ImportedOperation {
  readonly api: ApiModel;
  readonly source: OperationModel;
}

/**
 * The operations that the import document of an API has, in its order; none for an API that the gateway does not
 * know.
 */
export function publishedOperations(api: ApiModel): PublishedOperation[] {
  const { gateway } = api;
  if (!gateway) return [];
  return api.operations
    .filter(({ internal }) => !internal)
    .map((source) => {
      const { operationId, summary, method, path } = source;
      return { api, source, operationId, summary, method, urlTemplate: urlTemplate(path, gateway) };
    });
}

/**
 * What APIM has after a contract was imported and its policy documents were attached: each operation, and what it
 * came from.
 */
export function deployedOperations(
  api: ApiModel,
  { policies }: PlatformModel,
): Map<ApimOperation, PublishedOperation> {
  const bound = policies.apis.get(api.name)?.operations;
  const { steps } = simulateImport([], publishedOperations(api));
  return new Map(
    steps.flatMap((step): [ApimOperation, PublishedOperation][] => {
      if (step.kind === "deleted") return [];
      const hasPolicy = bound?.has(step.by.operationId) === true;
      return [[{ ...step.after, hasPolicy }, step.by]];
    }),
  );
}
