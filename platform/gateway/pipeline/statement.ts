import type { Scope, Section } from "../documents/policy-document.ts";
import type { Exchange } from "./exchange.ts";

/** What a policy does with a request. A promise only where something is really waited for. */
export type Run = (exchange: Exchange) => void | Promise<void>;

/** One compiled policy of a document, tagged with its place for `context.LastError`. */
export interface Statement {
  readonly policy: string;
  readonly scope: Scope;
  readonly section: Section;
  /** Position in the document: `choose[3]/when[2]/set-header`. */
  readonly path: string;
  /** The `id` attribute, or empty. */
  readonly policyId: string;
  /** The request body has to be bytes before {@link run}. */
  readonly readsRequestBody: boolean;
  /** The response body has to be bytes before {@link run}. */
  readonly readsResponseBody: boolean;
  readonly run: Run;
}

/** The statements of the four sections, flattened over all scopes. */
export interface Pipeline {
  readonly inbound: readonly Statement[];
  readonly backend: readonly Statement[];
  readonly outbound: readonly Statement[];
  readonly onError: readonly Statement[];
}
