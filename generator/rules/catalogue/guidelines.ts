import type { Rule } from "../catalogue.ts";

type Source = Rule["source"];

const rfc = (number: number, section: string, title: string): Source => ({
  title: `RFC ${number}, ${section}: ${title}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}.html#section-${section}`,
});
const openapi = (title: string, anchor: string): Source => ({
  title: `OpenAPI 3.1.1: ${title}`,
  url: `https://spec.openapis.org/oas/v3.1.1.html#${anchor}`,
});
const zalando = (number: number, title: string): Source => ({
  title: `Zalando RESTful API guidelines, ${number}: ${title}`,
  url: `https://opensource.zalando.com/restful-api-guidelines/#${number}`,
});
const schema = (section: string, title: string): Source => ({
  title: `JSON Schema 2020-12, Validation, ${section}: ${title}`,
  url: `https://json-schema.org/draft/2020-12/json-schema-validation#section-${section}`,
});
const learn = (title: string, path: string): Source => ({
  title: `Azure API Management: ${title}`,
  url: `https://learn.microsoft.com/azure/api-management/${path}`,
});

/** Where rules come from. */
export const GUIDELINES = {
  // HTTP
  methods: rfc(9110, "9.3", "Method definitions"),
  statuses: rfc(9110, "15", "Status codes"),
  created: rfc(9110, "15.3.2", "201 Created"),
  noContent: rfc(9110, "15.3.5", "204 No Content"),
  ifMatch: rfc(9110, "13.1.1", "If-Match"),
  sensitiveUris: rfc(9110, "17.9", "Disclosure of sensitive information in URIs"),
  problems: rfc(9457, "3", "Members of a problem details object"),
  webLinking: rfc(8288, "3", "Link serialization in HTTP headers"),
  uris: rfc(3986, "6.2", "Comparison ladder"),
  jsonNumbers: rfc(8259, "6", "Numbers"),
  jsonPointer: rfc(6901, "3", "Syntax"),
  // OpenAPI and JSON Schema
  document: openapi("OpenAPI Object", "openapi-object"),
  info: openapi("Info Object", "info-object"),
  license: openapi("License Object", "license-object"),
  contact: openapi("Contact Object", "contact-object"),
  server: openapi("Server Object", "server-object"),
  components: openapi("Components Object", "components-object"),
  paths: openapi("Paths Object", "paths-object"),
  pathTemplating: openapi("Path Templating", "path-templating"),
  operation: openapi("Operation Object", "operation-object"),
  parameter: openapi("Parameter Object", "parameter-object"),
  requestBody: openapi("Request Body Object", "request-body-object"),
  mediaType: openapi("Media Type Object", "media-type-object"),
  responses: openapi("Responses Object", "responses-object"),
  example: openapi("Example Object", "example-object"),
  link: openapi("Link Object", "link-object"),
  header: openapi("Header Object", "header-object"),
  tag: openapi("Tag Object", "tag-object"),
  reference: openapi("Reference Object", "reference-object"),
  schemaObject: openapi("Schema Object", "schema-object"),
  runtimeExpressions: openapi("Runtime Expressions", "runtime-expressions"),
  security: openapi("Security Requirement Object", "security-requirement-object"),
  extensions: openapi("Specification Extensions", "specification-extensions"),
  richText: openapi("Rich Text Formatting", "rich-text-formatting"),
  schemaTypes: schema("6.1", "Keywords for any instance type"),
  schemaNumbers: schema("6.2", "Keywords for numeric instances"),
  schemaStrings: schema("6.3", "Keywords for strings"),
  schemaObjects: schema("6.5", "Keywords for objects"),
  schemaCore: {
    title: "JSON Schema 2020-12, Core, 10: applying subschemas",
    url: "https://json-schema.org/draft/2020-12/json-schema-core#section-10",
  },
  yamlSyntax: { title: "YAML 1.2.2", url: "https://yaml.org/spec/1.2.2/" },
  yamlJson: {
    title: "YAML 1.2.2, 10.2: JSON schema",
    url: "https://yaml.org/spec/1.2.2/#102-json-schema",
  },
  xml: { title: "Extensible Markup Language 1.0", url: "https://www.w3.org/TR/xml/" },
  // Azure
  apimImport: learn("API import restrictions", "api-management-api-import-restrictions"),
  apimProducts: learn("create and publish a product", "api-management-howto-add-products"),
  apimSubscriptions: learn("subscriptions", "api-management-subscriptions"),
  apimPolicies: learn("policies", "api-management-howto-policies"),
  apimFragments: learn("policy fragments", "policy-fragments"),
  apimErrors: learn("error handling in policies", "api-management-error-handling-policies"),
  apimThrottling: learn("advanced request throttling", "api-management-sample-flexible-throttling"),
  // Guidelines
  resourceConsumption: {
    title: "OWASP API Security Top 10 2023, API4: unrestricted resource consumption",
    url: "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
  },
  massAssignment: {
    title: "OWASP API Security Top 10 2023, API3: broken object property level authorization",
    url: "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/",
  },
  inventory: {
    title: "OWASP API Security Top 10 2023, API9: improper inventory management",
    url: "https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/",
  },
  scripting: {
    title: "OWASP Cross Site Scripting Prevention Cheat Sheet",
    url: "https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html",
  },
  accountability: {
    title: "HL7 FHIR R5: AuditEvent",
    url: "https://hl7.org/fhir/R5/auditevent.html",
  },
  semver: { title: "Semantic Versioning 2.0.0", url: "https://semver.org/spec/v2.0.0.html" },
  standardMethods: { title: "AIP-130: Methods", url: "https://google.aip.dev/130" },
  aipPagination: { title: "AIP-158: Pagination", url: "https://google.aip.dev/158" },
  problemJson: zalando(176, "support problem JSON"),
  kebabCase: zalando(129, "use kebab-case for path segments"),
  trailingSlash: zalando(136, "use normalized paths without empty path segments and trailing slashes"),
  verbFree: zalando(141, "keep URLs verb-free"),
  json: zalando(167, "use JSON as payload data interchange format"),
  enumsOnce: zalando(112, "use open-ended list of values for enumeration types"),
  describe: zalando(101, "provide API specification using OpenAPI"),
  pagination: zalando(159, "support pagination"),
  camelCase: {
    title: "Microsoft Azure REST API guidelines: JSON field names",
    url: "https://github.com/microsoft/api-guidelines/blob/vNext/azure/Guidelines.md#json",
  },
} as const satisfies Record<string, Source>;
