import type { OperationDefinition } from "../operation.ts";
import { problem } from "../problem/problem.ts";
import type { HttpRequest } from "./http-request.ts";
import { parseParameters } from "./parse-parameters.ts";
import type { RequestParameters } from "./parse-parameters.ts";
import { MAX_FAULTS, requestFaults } from "./request-faults.ts";

/** A request that the contract admits. */
export interface ValidRequest extends RequestParameters {
  readonly body: unknown;
}

/**
 * Holds a request against the contract. A malformed path parameter comes first, because it decides the status: 404, or 400
 * where the contract says so.
 * @param today the latest today on Earth, `YYYY-MM-DD`
 * @throws {Problem} `resource-not-found` or `request-invalid`
 */
export function validateRequest(
  request: HttpRequest,
  operation: OperationDefinition,
  body: unknown,
  today: string,
): ValidRequest {
  const parameters = parseParameters(request, operation.parameters);
  const candidate = body === undefined ? parameters : { ...parameters, body };
  if (operation.validateRequest({ ...candidate, today })) return { ...parameters, body };
  const { path, others } = requestFaults(operation.validateRequest.errors ?? []);
  if (path.length > 0 && operation.invalidPathStatus === 404) throw problem("resource-not-found");
  const errors = [...path, ...others].slice(0, MAX_FAULTS);
  throw problem("request-invalid", { detail: countOf(errors.length), errors });
}

function countOf(faults: number): string {
  if (faults === 1) return "1 value does not match the contract.";
  return `${faults === MAX_FAULTS ? "At least " : ""}${faults} values do not match the contract.`;
}
