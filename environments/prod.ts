import type { Environment } from "../generated/environment.ts";

/** Production. What partners are promised: `npm run diff` judges a change by these limits. Calls are counted per minute. */
export const prod = {
  namedValues: {
    "audit-export-calls": "6",
    "audit-read-calls": "300",
    "auditor-calls": "600",
    "partner-calls": "1200",
    "patient-read-calls": "600",
    "patient-write-calls": "120",
  },
} satisfies Environment;
