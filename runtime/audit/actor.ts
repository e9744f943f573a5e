import type { HttpRequest } from "../request/http-request.ts";
import type { Actor } from "./audit-record.ts";

const PURPOSE = /^[A-Z][A-Z0-9_-]{0,31}$/;
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

/** Why: a code of the client's choice from `x-purpose-of-use`. Anything but a code could hold a person's data. */
export function purposeOf(request: HttpRequest): string | undefined {
  const purpose = request.headers.get("x-purpose-of-use") ?? "";
  return PURPOSE.test(purpose) ? purpose : undefined;
}

function headerName(request: HttpRequest, header: string): string | undefined {
  const value = request.headers.get(header) ?? "";
  return NAME.test(value) ? value : undefined;
}
