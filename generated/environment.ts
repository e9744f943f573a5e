// Generated from openapi/audit.yaml, openapi/patient.yaml, apim-policies/ by "npm run generate". Do not edit.
/** The named values of the policies that are no addresses. */
export interface NamedValues {
  readonly "audit-export-calls": string;
  readonly "audit-read-calls": string;
  readonly "auditor-calls": string;
  readonly "partner-calls": string;
  readonly "patient-read-calls": string;
  readonly "patient-write-calls": string;
}

/** What differs between environments. */
export interface Environment {
  readonly namedValues: NamedValues;
}
