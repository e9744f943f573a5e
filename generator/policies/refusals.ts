import { walkElements, type XmlElement } from "./xml.ts";

/** A status that the gateway answers with by itself, its body a `GatewayError`. */
export interface GatewayRefusal {
  readonly status: string;
  readonly description: string;
}

/**
 * What the gateway refuses whatever the policies say ("Error handling in Azure API Management policies"), and what an app's
 * host refuses before the app sees it, in which case `global.xml` gives the bare status the gateway's body.
 */
const ALWAYS: readonly GatewayRefusal[] = [
  { status: "401", description: "The gateway got no subscription key, or one that does not open this API." },
  { status: "404", description: "The gateway knows no such operation." },
  { status: "413", description: "The body is too long for the host of the app." },
  { status: "414", description: "The address is too long." },
  { status: "431", description: "The headers are too many or too long." },
  { status: "500", description: "The gateway failed." },
];

const BY_ELEMENT: Readonly<Record<string, GatewayRefusal>> = {
  "rate-limit": {
    status: "429",
    description: "Too many calls. `Retry-After` says for how many seconds to wait.",
  },
  "rate-limit-by-key": {
    status: "429",
    description: "Too many calls. `Retry-After` says for how many seconds to wait.",
  },
  quota: { status: "403", description: "The subscription's quota is used up." },
  "quota-by-key": { status: "403", description: "The quota is used up." },
  "ip-filter": { status: "403", description: "The gateway does not admit this address." },
};

/** The refusals that the policy documents on the way of an operation can cause, by status. */
export function gatewayRefusals(documents: readonly XmlElement[]): GatewayRefusal[] {
  const byStatus = new Map(ALWAYS.map((refusal) => [refusal.status, refusal]));
  for (const element of documents.flatMap((document) => [...walkElements(document)])) {
    const refusal = BY_ELEMENT[element.name] ?? returnedResponse(element);
    if (refusal && !byStatus.has(refusal.status)) byStatus.set(refusal.status, refusal);
  }
  return [...byStatus.values()].sort((a, b) => (a.status < b.status ? -1 : 1));
}

function returnedResponse(element: XmlElement): GatewayRefusal | undefined {
  if (element.name !== "return-response") return undefined;
  const code = [...walkElements(element)].find(({ name }) => name === "set-status")?.attributes.code ?? "";
  const isFailure = /^[45]\d\d$/.test(code);
  return isFailure ? { status: code, description: "The gateway cannot serve the request now." } : undefined;
}
