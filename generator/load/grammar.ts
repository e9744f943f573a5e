/** The kinds of object that OpenAPI 3.1 knows and that the generator looks into. */
export type Kind =
  | "document"
  | "components"
  | "pathItem"
  | "operation"
  | "parameter"
  | "requestBody"
  | "mediaType"
  | "response"
  | "header"
  | "example"
  | "link"
  | "securityScheme"
  | "schema";

interface Member {
  readonly kind: Kind;
  /** `map`: an object of any names; `list`: an array. */
  readonly many?: "map" | "list";
}

const map = (kind: Kind): Member => ({ kind, many: "map" });
const list = (kind: Kind): Member => ({ kind, many: "list" });
const one = (kind: Kind): Member => ({ kind });

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** What each kind holds (OpenAPI 3.1.1, 4.8; JSON Schema 2020-12). A key that is not here holds plain data. */
export const GRAMMAR: Readonly<Record<Kind, Readonly<Record<string, Member>>>> = {
  document: { paths: map("pathItem"), components: one("components") },
  components: {
    schemas: map("schema"),
    responses: map("response"),
    parameters: map("parameter"),
    examples: map("example"),
    requestBodies: map("requestBody"),
    headers: map("header"),
    securitySchemes: map("securityScheme"),
    links: map("link"),
  },
  pathItem: {
    parameters: list("parameter"),
    ...Object.fromEntries(methods.map((method) => [method, one("operation")])),
  },
  operation: { parameters: list("parameter"), requestBody: one("requestBody"), responses: map("response") },
  parameter: { schema: one("schema"), content: map("mediaType"), examples: map("example") },
  requestBody: { content: map("mediaType") },
  mediaType: { schema: one("schema"), examples: map("example") },
  response: { headers: map("header"), content: map("mediaType"), links: map("link") },
  header: { schema: one("schema"), content: map("mediaType"), examples: map("example") },
  example: {},
  link: {},
  securityScheme: {},
  schema: {
    $defs: map("schema"),
    properties: map("schema"),
    patternProperties: map("schema"),
    dependentSchemas: map("schema"),
    additionalProperties: one("schema"),
    unevaluatedProperties: one("schema"),
    propertyNames: one("schema"),
    items: one("schema"),
    prefixItems: list("schema"),
    contains: one("schema"),
    unevaluatedItems: one("schema"),
    allOf: list("schema"),
    anyOf: list("schema"),
    oneOf: list("schema"),
    not: one("schema"),
    if: one("schema"),
    then: one("schema"),
    else: one("schema"),
  },
};

/** The section of `components` that holds a kind. A kind without one can be no component. */
export const SECTIONS: Readonly<Partial<Record<Kind, string>>> = {
  schema: "schemas",
  response: "responses",
  parameter: "parameters",
  example: "examples",
  requestBody: "requestBodies",
  header: "headers",
  securityScheme: "securitySchemes",
  link: "links",
};

/** The extensions that mean something here; another is refused, since a mistyped one would be silently ignored. */
export const EXTENSIONS: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  document: ["x-apim-products", "x-apim-policies", "x-tagGroups"],
  operation: ["x-audit", "x-internal", "x-apim-policies", "x-codeSamples"],
  parameter: ["x-invalid-status"],
  requestBody: ["x-max-bytes"],
  schema: ["x-not-after-today"],
};

/** The HTTP methods that a path item can hold, in the order of the specification. */
export const METHODS: readonly string[] = methods;
