import { armError, type Answer } from "./answer.ts";

/** A request to a resource, once its token, version and place have been found good. */
export interface ArmRequest {
  readonly method: string;
  /** The whole id that was asked for, decoded, without a slash at its end. */
  readonly id: string;
  /** What follows the provider in the id, decoded: `["sites", "patient-app", "host", …]`. */
  readonly segments: readonly string[];
  /** The body as text; `undefined` when it is longer than is read. */
  readBody(): Promise<string | undefined>;
}

/** Operations of one resource provider; `undefined` when it has no such resource. */
export type AnswerProvider = (request: ArmRequest) => Promise<Answer | undefined> | Answer | undefined;

/** Whether two names are the same: Azure's ids are, whatever their case. */
export function isSameName(left: string | undefined, right: string): boolean {
  return left?.toLowerCase() === right.toLowerCase();
}

/** Answers a request of the one method that there is at its address. */
export function only(method: string, request: ArmRequest, answer: () => Answer): Answer {
  return request.method === method ? answer() : notAllowed(request);
}

export function notAllowed({ method }: ArmRequest): Answer {
  return armError(
    405,
    "HttpMethodNotAllowed",
    `The HTTP method '${method}' is not supported at this address.`,
  );
}
