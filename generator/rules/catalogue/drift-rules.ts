import { GUIDELINES as G } from "./guidelines.ts";
import { rulesOf } from "./rules-of.ts";

/** What `generated/` is held to. */
export const DRIFT_RULES = rulesOf("drift", {
  stale: ["MUST", "A generated file is what the sources say.", G.inventory],
  edited: ["MUST", "A generated file is not edited by hand.", G.inventory],
  missing: ["MUST", "Everything that is generated is there.", G.inventory],
  extra: ["MUST", "Nothing is in generated/ that is generated from nothing.", G.inventory],
  generator: ["MUST", "A generated file is what the generator of today makes.", G.inventory],
  ledger: ["MUST", "The ledger knows every generated file.", G.inventory],
});
