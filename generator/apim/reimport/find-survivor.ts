import { dereference } from "../../model/contract-reader.ts";
import { isObject, objectAt, type Json } from "../../load/json.ts";
import type { PublishedOperation } from "./published-operations.ts";

/** The operation of the new contract that one which APIM would delete lives on as. */
export interface Survivor {
  readonly operation: PublishedOperation;
  /** What was changed: APIM copies policies where only the operationId was, within one API. */
  readonly changed: "operationId" | "API" | "operationId and path";
}

/**
 * Looks for a deleted operation among those that APIM would create: the one with its method and path, else the one
 * with its operationId in another API, else one that records the same access and takes and gives the same schemas.
 */
export function findSurvivor(
  gone: PublishedOperation,
  created: readonly PublishedOperation[],
): Survivor | undefined {
  const sameApi = created.filter(({ api }) => api.name === gone.api.name);
  const renamed = sameApi.find((one) => one.method === gone.method && one.urlTemplate === gone.urlTemplate);
  if (renamed) return { operation: renamed, changed: "operationId" };
  const moved = created.find(({ operationId }) => operationId === gone.operationId);
  if (moved) return { operation: moved, changed: "API" };
  const work = workOf(gone);
  const remade = created.find((one) => work !== undefined && workOf(one) === work);
  return remade && { operation: remade, changed: "operationId and path" };
}

/** What an operation does, whatever its name and path; `undefined` for one that nothing tells from others. */
export function workOf({ method, api, source }: PublishedOperation): string | undefined {
  const { audit, node } = source;
  const body = schemasOf(dereference(api.document, node.requestBody).content);
  const answers = Object.entries(objectAt(node, "responses"))
    .filter(([status]) => status.startsWith("2"))
    .map(([status, response]) => [status, schemasOf(dereference(api.document, response).content)]);
  if (audit === null && body.length === 0) return undefined;
  return JSON.stringify([method, audit?.action, audit?.resource, body, answers]);
}

function schemasOf(content: Json | undefined): Json[] {
  if (!isObject(content)) return [];
  return Object.entries(content).map(([type, media]) => [
    type,
    isObject(media) ? (media.schema ?? null) : null,
  ]);
}
