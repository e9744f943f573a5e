import type { GatewayRequest } from "../messages/gateway-request.ts";

/** Header of the subscription key; also the name that the challenge of a 401 gives. */
export const keyHeader = "Ocp-Apim-Subscription-Key";
const keyHeaderName = keyHeader.toLowerCase();
const keyParameter = "subscription-key";

/**
 * The subscription key of a request, null when it carries none. The query counts only when the header is absent.
 *
 * Source: Microsoft Learn, "Subscriptions in Azure API Management", "Use a subscription key".
 */
export function readKey({ headers, url }: GatewayRequest): string | null {
  const header = headers.joined(keyHeaderName);
  if (header !== undefined && header !== "") return header;
  if (url.queryString === "") return null;
  return url.query.get(keyParameter)?.[0] ?? null;
}
