import { GUIDELINES as G } from "./guidelines.ts";
import { rulesOf } from "./rules-of.ts";

/** What the plugin beside the catalogue checks, and what is checked before Redocly reads a contract. */
export const PLUGIN_CATALOGUE = rulesOf("lint", {
  "openapi-version": ["MUST", "A contract is one of OpenAPI 3.1.", G.document],
  "operation-id-verb": [
    "SHOULD",
    "The name of an operation starts with a verb that fits its method.",
    G.standardMethods,
  ],
  "personal-data-in-address": [
    "MUST",
    "No path and no query parameter holds what is personal.",
    G.sensitiveUris,
  ],
  "path-parameter-form": ["SHOULD", "A text in a path has a format, a pattern or an enum.", G.parameter],
  "delete-body": ["MUST", "A DELETE takes no body.", G.methods],
  "closed-request-body": [
    "MUST",
    "An object in a request body refuses the properties that it does not know.",
    G.massAssignment,
  ],
  "conditional-update": ["MUST", "What changes or deletes a resource takes If-Match.", G.ifMatch],
  "rate-limited": ["SHOULD", "A public operation has a rate limit.", G.resourceConsumption],
  "status-declared": [
    "MUST",
    "An operation declares every status that its app can answer with.",
    G.responses,
  ],
  "error-is-problem": ["MUST", "Every failure that an app answers with is a problem.", G.problems],
  "gateway-status": ["MUST", "What the gateway answers is left to the generator.", G.apimErrors],
  "bodyless-status": ["MUST", "A 204, 205 or 304 has no body.", G.noContent],
  "created-location": ["SHOULD", "A 201 says where the new resource is.", G.created],
  "list-pagination": [
    "MUST",
    "An answer that is an array is a page with limit, cursor and Link.",
    G.aipPagination,
  ],
  "link-target": [
    "MUST",
    "A link leads to an operation of the contract and gives it its parameters.",
    G.link,
  ],
  "body-schema-named": ["MUST", "The schema of a body is a component.", G.apimImport],
  "schema-per-use": [
    "MUST",
    "What is created, what replaces and what is read have schemas of their own.",
    G.massAssignment,
  ],
  "schema-type": ["MUST", "A schema says which values it takes.", G.schemaTypes],
  "limit-strings": [
    "MUST",
    "A string has a maxLength, or its values are counted out.",
    G.resourceConsumption,
  ],
  "limit-arrays": ["MUST", "An array has a maxItems.", G.resourceConsumption],
  "limit-numbers": [
    "MUST",
    "A number has a minimum and a maximum, or its values are counted out.",
    G.schemaNumbers,
  ],
  "number-precision": ["MUST", "No number is beyond what every reader of JSON keeps exact.", G.jsonNumbers],
  "pattern-anchored": ["MUST", "A pattern is anchored at both ends.", G.schemaStrings],
  "ref-siblings": ["MUST", "Nothing stands beside a reference that readers ignore.", G.reference],
  "example-per-body": ["MUST", "Every body has an example.", G.mediaType],
  "header-example": ["MUST", "The example of a header is valid.", G.header],
  "header-description": ["MUST", "A response header has a description.", G.header],
  "property-description": ["SHOULD", "A property has a description.", G.describe],
});
