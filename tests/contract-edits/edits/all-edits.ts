import type { ContractEdit, RefusedEdit } from "../contract-edit.ts";
import { bothDirectionsEdits } from "./both-directions.ts";
import { internalEdits } from "./internal.ts";
import { limitEdits } from "./limits.ts";
import { looksHarmlessEdits } from "./looks-harmless.ts";
import { operationEdits } from "./operations.ts";
import { parameterEdits, refusedParameterEdits } from "./parameters.ts";
import { policyEdits } from "./policies.ts";
import { requestBodyEdits } from "./request-bodies.ts";
import { requestBodyEnvelopeEdits } from "./request-body-envelopes.ts";
import { responseBodyEdits } from "./response-bodies.ts";
import { responseEnvelopeEdits } from "./response-envelopes.ts";
import { saidOtherwiseEdits } from "./said-otherwise.ts";
import { textOnlyEdits } from "./text-only.ts";
import { versionEdits } from "./versions.ts";
import { waiverEdits } from "./waivers.ts";

/** Edits about one thing. */
export interface Theme {
  readonly title: string;
  readonly edits: readonly ContractEdit[];
}

/** The corpus. */
export const THEMES: readonly Theme[] = [
  { title: "Bodies of requests", edits: requestBodyEdits },
  { title: "Around the body of a request", edits: requestBodyEnvelopeEdits },
  { title: "Parameters", edits: parameterEdits },
  { title: "Bodies of answers", edits: responseBodyEdits },
  { title: "Around the body of an answer", edits: responseEnvelopeEdits },
  { title: "Both directions, both APIs", edits: bothDirectionsEdits },
  { title: "Operations", edits: operationEdits },
  { title: "Internal operations", edits: internalEdits },
  { title: "The same in other words", edits: saidOtherwiseEdits },
  { title: "Not as harmless as it looks", edits: looksHarmlessEdits },
  { title: "Text, order and style", edits: textOnlyEdits },
  { title: "Limits", edits: limitEdits },
  { title: "Policies and products", edits: policyEdits },
  { title: "Versions", edits: versionEdits },
  { title: "Waivers", edits: waiverEdits },
];

/** Every edit of the corpus. */
export const CONTRACT_EDITS: readonly ContractEdit[] = THEMES.flatMap(({ edits }) => edits);

/** Edits that leave nothing to compare. */
export const REFUSED_EDITS: readonly RefusedEdit[] = refusedParameterEdits;
