import { GUIDELINES as G } from "./guidelines.ts";
import { rulesOf } from "./rules-of.ts";

/** What the generator refuses: it writes nothing then. */
export const SOURCE_RULES = [
  ...rulesOf("yaml", {
    syntax: ["MUST", "A contract is well-formed YAML.", G.yamlSyntax],
    mapping: ["MUST", "A file of a contract is a mapping.", G.document],
    depth: ["MUST", "A file nests at most 100 levels deep.", G.resourceConsumption],
    alias: ["MUST", "What is used twice is a component, not an anchor of YAML.", G.reference],
    key: ["MUST", "A key is a name or a number.", G.yamlJson],
    value: ["MUST", "A value is one that JSON can say.", G.yamlJson],
  }),
  ...rulesOf("load", {
    missing: ["MUST", "Every file that the sources name is there.", G.document],
    name: ["MUST", "A contract's file is named in lower case, as its API is.", G.kebabCase],
  }),
  ...rulesOf("ref", {
    unknown: ["MUST", "A reference leads somewhere.", G.reference],
    cycle: ["MUST", "A reference does not lead back to itself.", G.reference],
    form: ["MUST", "A reference names a file and a component.", G.reference],
    component: ["MUST", "A reference leads to a component, not into one.", G.components],
    place: ["MUST", "A reference stands where OpenAPI takes one.", G.reference],
    "name-taken": ["MUST", "Two components of a contract do not share a name.", G.components],
  }),
  ...rulesOf("contract", {
    "operation-id": [
      "MUST",
      "An operation has an operationId in camelCase, of at most 76 characters.",
      G.apimImport,
    ],
    "duplicate-operation-id": [
      "MUST",
      "An operationId is given once, also when case is ignored.",
      G.apimImport,
    ],
    empty: ["MUST", "A contract has an operation.", G.paths],
    "path-parameter": ["MUST", "The parameters of a path are declared, and no others.", G.pathTemplating],
    parameter: [
      "MUST",
      "A parameter has a name, a schema, and is in the path, the query or a header.",
      G.parameter,
    ],
    "parameter-type": ["MUST", "A parameter is a scalar or a list of scalars.", G.parameter],
    "invalid-status": [
      "MUST",
      "A path's parameters agree on what answers a malformed one, 400 or 404.",
      G.statuses,
    ],
    body: ["MUST", "A body has one schema.", G.requestBody],
    "max-bytes": ["MUST", "The limit of a body is a whole number of bytes.", G.resourceConsumption],
    response: ["MUST", "An app answers a status with one media type.", G.responses],
    "gateway-error": ["MUST", "The shared schemas have a GatewayError.", G.apimErrors],
    "unknown-extension": ["MUST", "An extension is one that means something here.", G.extensions],
  }),
  ...rulesOf("handler", {
    missing: ["MUST", "An operation has a handler.", G.operation],
  }),
  ...rulesOf("schema", {
    invalid: ["MUST", "A schema compiles to a validator.", G.schemaObject],
  }),
  ...rulesOf("security", {
    missing: ["MUST", "A public operation has a security requirement.", G.security],
    "not-enforced": ["MUST", "A security requirement is one that the gateway enforces.", G.apimImport],
  }),
  ...rulesOf("audit", {
    missing: [
      "MUST",
      "A public operation says what access it records, or why it records none.",
      G.accountability,
    ],
    form: ["MUST", "An x-audit names an action and a resource, or a reason.", G.accountability],
    expression: ["MUST", "An expression of x-audit names something of the request.", G.runtimeExpressions],
    none: ["MUST", "An operation that takes or answers what is personal is audited.", G.accountability],
  }),
  ...rulesOf("policy", {
    form: ["MUST", "A use of a policy is a fragment with its parameters.", G.apimFragments],
    "unknown-fragment": ["MUST", "A fragment that is used is there.", G.apimFragments],
    "unknown-parameter": ["MUST", "A parameter of a fragment is one that it declares.", G.apimFragments],
    "missing-parameter": ["MUST", "A fragment gets every parameter that it needs.", G.apimFragments],
    placeholder: ["MUST", "A placeholder of a fragment is a parameter that it declares.", G.apimFragments],
    "unsafe-parameter": ["MUST", "The value of a parameter cannot become code of a policy.", G.apimPolicies],
    fragment: ["MUST", "A fragment is a macro with parameters and sections.", G.apimFragments],
    document: ["MUST", "A policy document has the four sections, each once.", G.apimPolicies],
    internal: ["MUST", "An operation that is not on the gateway binds no policy.", G.apimPolicies],
  }),
  ...rulesOf("xml", {
    syntax: ["MUST", "A policy is well-formed XML.", G.xml],
  }),
];
