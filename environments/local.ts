import type { Environment } from "../generated/environment.ts";

/**
 * The laptop. Limits are so high that they are never met; tests that are about limits bring their own. Addresses are
 * given by the platform when it starts.
 */
export const local = {
  namedValues: {
    "audit-export-calls": "1000000",
    "audit-read-calls": "1000000",
    "auditor-calls": "1000000",
    "partner-calls": "1000000",
    "patient-read-calls": "1000000",
    "patient-write-calls": "1000000",
  },
} satisfies Environment;

/** Keys for the laptop alone, published and obviously so. In Azure, API Management makes subscriptions' keys. */
export const localSubscriptions = [
  { id: "local-partner", name: "Local partner", key: "local-partner-key", product: "partner" },
  { id: "local-auditor", name: "Local auditor", key: "local-auditor-key", product: "auditor" },
] as const;
