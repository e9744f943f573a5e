import type { CompiledDocument } from "../compiler/compiled-document.ts";
import type { Section } from "../documents/policy-document.ts";
import type { Pipeline, Statement } from "./statement.ts";

/**
 * Joins the documents that apply to a request into one pipeline: `<base/>` gives way to the same section of the next wider
 * document. A section without `<base/>` cuts off everything wider.
 *
 * @param chain from the narrowest document to the global one; scopes without a document are left out
 *
 * Source: Microsoft Learn, "How to set or edit Azure API Management policies", "Use base element to set policy evaluation order".
 */
export function flatten(chain: readonly CompiledDocument[]): Pipeline {
  return {
    inbound: flattenSection(chain, "inbound"),
    backend: flattenSection(chain, "backend"),
    outbound: flattenSection(chain, "outbound"),
    onError: flattenSection(chain, "on-error"),
  };
}

function flattenSection(chain: readonly CompiledDocument[], section: Section): Statement[] {
  const [narrowest, ...wider] = chain;
  if (narrowest === undefined) return [];
  const { before, base, after } = narrowest[section];
  return base ? [...before, ...flattenSection(wider, section), ...after] : [...before, ...after];
}
