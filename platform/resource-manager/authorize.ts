import { armError, type Answer } from "./answer.ts";

/**
 * Lets the operator in, and nobody else: 401 without a token or with one that is not genuine, 403 for another identity.
 * `undefined` when the request may go on.
 *
 * @param identityOf the name of the identity that a token for the resource manager stands for
 */
export function authorize(
  authorization: string | undefined,
  action: { readonly method: string; readonly id: string },
  identityOf: (token: string) => string | undefined,
): Answer | undefined {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (!token) return unauthorized("AuthenticationFailed", MISSING);
  const identity = identityOf(token);
  if (identity === undefined) return unauthorized("InvalidAuthenticationToken", INVALID);
  if (identity === OPERATOR) return undefined;
  return armError(
    403,
    "AuthorizationFailed",
    `The client '${identity}' does not have authorization to perform action '${action.method}' over scope '${action.id}'.`,
  );
}

const OPERATOR = "operator";
const MISSING = "Authentication failed. The 'Authorization' header is missing.";
const INVALID = "The access token is invalid.";

function unauthorized(code: string, message: string): Answer {
  return { ...armError(401, code, message), headers: { "www-authenticate": "Bearer" } };
}
