import type { HttpRequest } from "../request/http-request.ts";
import type { RequestParameters } from "../request/parse-parameters.ts";
import type { Actor } from "./audit-record.ts";

const NAME = /^[\x21-\x7e]{1,128}$/;

/**
 * Who asks: what the gateway's global policy says in `x-specimen-*`. These are believed because nobody reaches an app
 * without its key, and the policy removes what a client sends under these names (DESIGN, decision 10).
 */
export function actorOf(request: HttpRequest): Actor {
  const subscription = headerName(request, "x-specimen-subscription");
  if (subscription === undefined) return { subscription: "direct:function-key" };
  const product = headerName(request, "x-specimen-product");
  const client = headerName(request, "x-specimen-client");
  return { subscription, ...(product && { product }), ...(client && { client }) };
}

/** Why: `X-Purpose-Of-Use`, one of the contract's codes. Of a request that was refused nothing is known. */
export function purposeOf(valid: Pick<RequestParameters, "headers"> | null): string | undefined {
  const purpose = valid?.headers["x-purpose-of-use"];
  return typeof purpose === "string" ? purpose : undefined;
}

function headerName(request: HttpRequest, header: string): string | undefined {
  const value = request.headers.get(header) ?? "";
  return NAME.test(value) ? value : undefined;
}
