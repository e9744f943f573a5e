import { GatewayResponse } from "../messages/gateway-response.ts";
import type { PolicyFailure } from "./policy-failure.ts";

/**
 * The body of an answer that the gateway itself makes: one line, single spaces inside the braces, as captures of the service
 * show it.
 */
export function answerBody(statusCode: number, message: string): string {
  return `{ "statusCode": ${statusCode}, "message": ${JSON.stringify(message)} }`;
}

/** An answer of the gateway's own. */
export function answer(statusCode: number, message: string): GatewayResponse {
  return withBody(statusCode, answerBody(statusCode, message));
}

/**
 * The default answer to a failure, before `on-error` sees it.
 * @param requestId stands in the body of internal errors as `activityId`
 */
export function answerTo(failure: PolicyFailure, requestId: string): GatewayResponse {
  const response =
    failure.publicMessage === null
      ? internalError(failure.status, requestId)
      : answer(failure.status, failure.publicMessage);
  for (const [name, value] of failure.headers) response.headers.write(name, [value]);
  return response;
}

function internalError(statusCode: number, requestId: string): GatewayResponse {
  return withBody(
    statusCode,
    `{ "statusCode": ${statusCode}, "message": "Internal server error", "activityId": "${requestId}" }`,
  );
}

function withBody(statusCode: number, body: string): GatewayResponse {
  const response = new GatewayResponse(statusCode);
  response.headers.write("Content-Type", ["application/json"]);
  response.content.replace(Buffer.from(body));
  return response;
}
