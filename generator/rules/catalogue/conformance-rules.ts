import { GUIDELINES as G } from "./guidelines.ts";
import { rulesOf } from "./rules-of.ts";

/** What `npm run conformance` holds the validators, the handlers and the gateway to. */
export const CONFORMANCE_RULES = rulesOf("conformance", {
  "validator-oracle": [
    "MUST",
    "A validator takes what an independent implementation of JSON Schema takes.",
    G.schemaObject,
  ],
  "handler-validator": ["MUST", "A handler serves what the validator takes.", G.responses],
  "gateway-handler": ["MUST", "The gateway passes on what the app answers.", G.statuses],
  "response-contract": ["MUST", "Every answer is one that the contract declares.", G.responses],
  coverage: ["MUST", "The cases reach every operation, status and property of the contract.", G.describe],
});
