import { GUIDELINES as G } from "./guidelines.ts";
import { rulesOf } from "./rules-of.ts";

/** What API Management would refuse, change or delete when it imports a contract. */
export const IMPORT_RULES = rulesOf("apim", {
  title: ["MUST", "The title of an API fits into APIM, 300 characters.", G.apimImport],
  summary: ["MUST", "The summary of an operation fits into APIM, 300 characters.", G.apimImport],
  description: ["MUST", "The description of an operation fits into APIM, 1,000 characters.", G.apimImport],
  "url-template": ["MUST", "The path of an operation fits into APIM, 1,000 characters.", G.apimImport],
  tag: ["MUST", "The name of a tag fits into APIM, 160 characters.", G.apimImport],
  path: [
    "MUST",
    "The public paths of an API begin with one literal segment, which no other API has.",
    G.apimImport,
  ],
  "path-length": ["SHOULD", "The path of an API leaves room for the host name of a gateway.", G.apimImport],
  products: ["MUST", "A published API is in a product that there is.", G.apimProducts],
  method: ["MUST", "The method of a public operation is one that APIM imports.", G.apimImport],
  body: ["MUST", "A public GET, HEAD or OPTIONS has no body.", G.apimImport],
  "required-query-parameter": ["MUST", "A public operation has no required query parameter.", G.apimImport],
  "parameter-name": [
    "MUST",
    "The names of the parameters in an address differ in more than their case.",
    G.apimImport,
  ],
  "parameter-style": ["MUST", "A parameter is written in the way that APIM reads.", G.apimImport],
  "name-collision": ["MUST", "The names that APIM makes of operationIds differ.", G.apimImport],
  "duplicate-signature": [
    "MUST",
    "Two paths differ in more than the names of their parameters.",
    G.apimImport,
  ],
  "recursive-schema": ["MUST", "No schema holds itself.", G.apimImport],
  "schema-name": ["MUST", "A schema has a name that APIM takes.", G.apimImport],
  "import-size": ["MUST", "An import document has at most 4 MB.", G.apimImport],
  "operation-count": ["SHOULD", "An API has at most 100 operations.", G.apimImport],
  "operation-deleted": ["MUST", "An import deletes no operation that lives on.", G.apimImport],
  "operation-swapped": ["MUST", "An operationId does not move to what another one did.", G.apimImport],
  "policy-orphaned": ["MUST", "An import loses no policy document.", G.apimImport],
  "path-changed": ["MUST", "A published API keeps its path.", G.apimImport],
  "api-renamed": ["MUST", "A published API keeps its name.", G.apimImport],
  "new-loss": [
    "MAY",
    "What APIM will not see of a change is told, with what enforces it instead.",
    G.apimImport,
  ],
});
