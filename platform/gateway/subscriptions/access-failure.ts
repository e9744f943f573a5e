import { PolicyFailure } from "../pipeline/policy-failure.ts";
import { keyHeader } from "./read-key.ts";

/**
 * The 401 for a missing or invalid key, challenge included, byte for byte as the service answers. The sentence of a missing
 * key says "an API" in the body and "this API" in `LastError.Message`.
 *
 * @param host of the gateway, as the client named it; @param apiPath without slashes at its ends
 *
 * Source: Microsoft Learn, "Unauthorized errors (401) while invoking APIs"; "Error handling in Azure API Management policies".
 */
export function accessFailure(reason: "missing" | "invalid", host: string, apiPath: string): PolicyFailure {
  const challenge = `AzureApiManagementKey realm="https://${host}/${apiPath}",name="${keyHeader}",type="header"`;
  return new PolicyFailure({
    source: "authorization",
    ...details[reason],
    status: 401,
    headers: [["WWW-Authenticate", challenge]],
  });
}

const missingKey =
  "Access denied due to missing subscription key. Make sure to include subscription key when making requests to";
const invalidKey =
  "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.";

const details = {
  missing: {
    reason: "SubscriptionKeyNotFound",
    message: `${missingKey} this API.`,
    publicMessage: `${missingKey} an API.`,
  },
  invalid: { reason: "SubscriptionKeyInvalid", message: invalidKey, publicMessage: invalidKey },
};
