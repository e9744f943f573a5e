/** The files that the edits are made in. */
export const PATIENT = "openapi/patient.yaml";
export const AUDIT = "openapi/audit.yaml";
export const SCHEMAS = "openapi/shared/schemas.yaml";
export const PARAMETERS = "openapi/shared/parameters.yaml";
export const RESPONSES = "openapi/shared/responses.yaml";
export const HEADERS = "openapi/shared/headers.yaml";
export const PRODUCTION = "environments/prod.ts";
export const LOCAL = "environments/local.ts";
export const GLOBAL_POLICY = "apim-policies/global.xml";
export const PARTNER = "apim-policies/products/partner.xml";
export const RATE_LIMIT = "apim-policies/fragments/rate-limit.xml";
