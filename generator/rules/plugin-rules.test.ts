import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { removeProjects } from "../fixtures/project.ts";
import { fault, judgeCases, nearMiss } from "./fixtures/lint-cases.ts";

type Edit = readonly [search: string, replacement: string];

const BEDS = "  /ward/beds:\n";
const PATH_ID = "schema: { $ref: shared/schemas.yaml#/Id }\n    get:";
const pathId = (schema: string): Edit => [PATH_ID, `schema: ${schema}\n    get:`];
const KIND = "type: string, enum: [bed, cot] }";
const kind = (schema: string): Edit[] => [
  [`kind: { description: What it is., ${KIND}`, `kind: { description: What it is., ${schema} }`],
  ["kind: bed, ", ""],
];
const FLOORS = "items: { type: integer, minimum: 0, maximum: 9 }";
const floors = (schema: string): Edit => [FLOORS, `items: ${schema}`];
const WARDS = `type: array, maxItems: 3, ${FLOORS}`;
const OPERATION_NAME = `name: operationName
          in: query
          description: Beds that are prepared for this operation.
          schema: { type: string, maxLength: 64 }`;
const PAGE = `                none: { value: [] }
        "400": { $ref: shared/responses.yaml#/BadRequest }`;
const page400 = (...lines: string[]): Edit => [
  PAGE,
  ["                none: { value: [] }", ...lines.map((line) => `        ${line}`)].join("\n"),
];
const REPLACE_BODY = `schema: { $ref: "#/components/schemas/BedReplace" }`;
const REPLACE_EXAMPLE = `            examples:
              plain: { value: { label: B-2 } }
`;
const BED_REPLACE = `    BedReplace:
      type: object
      additionalProperties: false
      required: [label]
      properties:
        label: { description: On the bed., type: string, maxLength: 5 }
`;
const REPLACED = `"204": { description: The bed is replaced. }
        "400": { $ref: shared/responses.yaml#/BadRequest }`;
const IF_MATCH = `      parameters:
        - name: If-Match
          in: header
          description: The version that is replaced.
          schema: { type: string, maxLength: 10 }
`;
const LIMIT = `        - name: limit
          in: query
          description: How many beds a page holds at most.
          schema: { type: integer, minimum: 1, maximum: 50 }
`;
const LINK = "            Link: { description: The next page., schema: { type: string, maxLength: 100 } }\n";
const LINKS = "links:\n            read: { operationId: getBed, parameters: { bedId: $response.body#/id } }";
const LOCATION = `          headers:
            Location: { description: Where the bed is., schema: { type: string, maxLength: 100 } }
`;
const CREATE_POLICIES = `x-audit: { action: create, resource: bed, id: $new }
      x-apim-policies:
        - rate-limit: { calls: "{{bed-calls}}" }
`;
const inline = `{ type: object, additionalProperties: false, properties: { label: { description: L., type: string, maxLength: 5 } } }`;
const withSchemas = (schemas: string): Edit => [
  "    BedPage:\n      type: array",
  `${schemas}    BedPage:\n      type: array`,
];

const cases = [
  fault("lint/operation-id-verb", "a PUT that is called create", "operationId: createOrUpdateBed", [
    ["operationId: updateBed", "operationId: createOrUpdateBed"],
  ]),
  fault("lint/operation-id-verb", "a GET that is called delete", "operationId: deleteBeds", [
    ["operationId: listBeds", "operationId: deleteBeds"],
  ]),
  fault("lint/operation-id-verb", "a POST that is a noun", "operationId: beds", [
    ["operationId: createBed", "operationId: beds"],
  ]),
  nearMiss("lint/operation-id-verb", "a POST with a verb of its own", [
    ["operationId: createBed", "operationId: reserveBed"],
  ]),

  fault("lint/path-parameter-form", "an id of any form", "name: bedId", [
    pathId("{ type: string, maxLength: 40 }"),
  ]),
  nearMiss("lint/path-parameter-form", "an id with a pattern", [
    pathId('{ type: string, pattern: "^[0-9a-f-]+$", maxLength: 36 }'),
  ]),

  fault("lint/personal-data-in-address", "a bare name", "name: name", [
    ["name: operationName", "name: name"],
  ]),
  fault("lint/personal-data-in-address", "a date of birth", "name: date-of-birth", [
    ["name: operationName", "name: date-of-birth"],
  ]),
  fault("lint/personal-data-in-address", "a post code in a path", "name: postCode", [
    ["/ward/beds/{bedId}:", "/ward/beds/{postCode}:"],
    ["name: bedId", "name: postCode"],
    ["parameters: { bedId: $response.body#/id }", "parameters: { postCode: $response.body#/id }"],
  ]),
  fault("lint/personal-data-in-address", "a schema that is personal, under another name", "name: q", [
    [
      OPERATION_NAME,
      'name: q\n          in: query\n          description: Text.\n          schema: { $ref: "#/components/schemas/InsuranceNumber" }',
    ],
    withSchemas("    InsuranceNumber: { type: string, maxLength: 9 }\n"),
  ]),
  fault("lint/personal-data-in-address", "a personal criterion as a segment", "/ward/by-insurance-number", [
    [BEDS, "  /ward/by-insurance-number:\n"],
  ]),
  nearMiss("lint/personal-data-in-address", "names of things, and ids", [
    ["name: operationName", "name: sourceSystemName"],
    ["/ward/beds/{bedId}:", "/ward/beds/{patientId}:"],
    ["name: bedId", "name: patientId"],
    ["parameters: { bedId: $response.body#/id }", "parameters: { patientId: $response.body#/id }"],
  ]),
  nearMiss("lint/personal-data-in-address", "a name in a header", [
    ["name: operationName\n          in: query", "name: X-Contact\n          in: header"],
  ]),

  fault("lint/delete-body", "a DELETE with a body", "maxLength: 10 }\n      »requestBody:", [
    ["    put:\n      operationId: updateBed", "    delete:\n      operationId: deleteBed"],
  ]),
  nearMiss("lint/delete-body", "a DELETE without a body", [
    ["    put:\n      operationId: updateBed", "    delete:\n      operationId: deleteBed"],
    [
      `      requestBody:
        required: true
        content:
          application/json:
            ${REPLACE_BODY}
${REPLACE_EXAMPLE}`,
      "",
    ],
    [BED_REPLACE, ""],
  ]),

  fault("lint/closed-request-body", "a body of any properties", "BedReplace:\n      type", [
    ["BedReplace:\n      type: object\n      additionalProperties: false", "BedReplace:\n      type: object"],
  ]),
  fault(
    "lint/closed-request-body",
    "an open object within a body",
    "kind: {",
    kind("type: object, properties: {}"),
  ),
  nearMiss(
    "lint/closed-request-body",
    "a map of few",
    kind("type: object, maxProperties: 3, additionalProperties: { type: boolean }"),
  ),
  nearMiss("lint/closed-request-body", "an open object in an answer", []),
  nearMiss(
    "lint/closed-request-body",
    "parts of an object that is closed as a whole",
    kind("type: object, unevaluatedProperties: false, allOf: [{ type: object, properties: {} }]"),
  ),

  fault("lint/conditional-update", "a PUT without If-Match", "put:", [[IF_MATCH, ""]]),
  nearMiss("lint/conditional-update", "another case of the name", [["name: If-Match", "name: if-match"]]),

  fault("lint/rate-limited", "no policy", "post:", [
    [CREATE_POLICIES, "x-audit: { action: create, resource: bed, id: $new }\n"],
  ]),
  nearMiss("lint/rate-limited", "a rate limit of the whole API", [
    [CREATE_POLICIES, "x-audit: { action: create, resource: bed, id: $new }\n"],
    ["x-apim-products: [nurse]", "x-apim-products: [nurse]\nx-apim-policies: [{ rate-limit: { calls: 5 } }]"],
  ]),
  nearMiss("lint/rate-limited", "an operation that is not on the gateway", [
    [CREATE_POLICIES, "x-audit: { action: create, resource: bed, id: $new }\n      x-internal: true\n"],
  ]),

  fault("lint/status-declared", "no 415 for a body", 'responses:\n        "204"', [
    [
      `        "413": { $ref: shared/responses.yaml#/BadRequest }
        "415": { $ref: shared/responses.yaml#/BadRequest }
        "500": { $ref: shared/responses.yaml#/Failed }
        "503": { $ref: shared/responses.yaml#/Failed }
components:`,
      `        "413": { $ref: shared/responses.yaml#/BadRequest }
        "500": { $ref: shared/responses.yaml#/Failed }
        "503": { $ref: shared/responses.yaml#/Failed }
components:`,
    ],
  ]),
  fault(
    "lint/status-declared",
    "no 503 for an audited access",
    'responses:\n        "200":\n          description: A page',
    [[`        "503": { $ref: shared/responses.yaml#/Failed }\n    post:`, "    post:"]],
  ),
  fault(
    "lint/status-declared",
    "no 304 for If-None-Match",
    'responses:\n        "200":\n          description: The bed',
    [['        "304": { description: Not modified. }\n', ""]],
  ),
  nearMiss("lint/status-declared", "a range of failures", [
    [
      '        "500": { $ref: shared/responses.yaml#/Failed }\n        "503": { $ref: shared/responses.yaml#/Failed }\n    post:',
      '        "5XX": { $ref: shared/responses.yaml#/Failed }\n    post:',
    ],
  ]),
  nearMiss("lint/status-declared", "no 503 for what is not audited", [
    [
      "x-audit: { action: search, resource: bed, id: null }",
      "x-audit: { none: Beds are no persons at all. }",
    ],
    [`        "503": { $ref: shared/responses.yaml#/Failed }\n    post:`, "    post:"],
  ]),
  nearMiss("lint/status-declared", "no 404 where a malformed id is a 400", [
    ["        in: path", "        in: path\n        x-invalid-status: 400"],
    [
      '        "404": { $ref: shared/responses.yaml#/NotFound }\n        "500": { $ref: shared/responses.yaml#/Failed }\n        "503": { $ref: shared/responses.yaml#/Failed }\n    put:',
      '        "500": { $ref: shared/responses.yaml#/Failed }\n        "503": { $ref: shared/responses.yaml#/Failed }\n    put:',
    ],
  ]),

  fault("lint/error-is-problem", "an error of another media type", '"400": { d', [
    page400(
      '"400": { description: No., content: { application/json: { schema: { $ref: shared/schemas.yaml#/Problem }, example: { type: /a, title: A, status: 400 } } } }',
    ),
  ]),
  fault("lint/error-is-problem", "an error without a body", '"400": { d', [
    page400('"400": { description: No. }'),
  ]),
  fault("lint/error-is-problem", "a problem with a schema of its own", '"409": { d', [
    page400(
      '"400": { $ref: shared/responses.yaml#/BadRequest }',
      '"409": { description: No., content: { application/problem+json: { schema: { $ref: "#/components/schemas/Bed" }, example: { id: 0198c0de-0000-7000-8000-000000000001, label: B-1 } } } }',
    ),
  ]),
  nearMiss("lint/error-is-problem", "a success that is no problem", []),

  fault("lint/gateway-status", "a 429 by hand", '"429": {', [
    page400('"400": { $ref: shared/responses.yaml#/BadRequest }', '"429": { description: Slow down. }'),
  ]),
  fault("lint/gateway-status", "a 401 as a problem", 'BadRequest }\n        »"401": {', [
    page400(
      '"400": { $ref: shared/responses.yaml#/BadRequest }',
      '"401": { description: No key., content: { application/problem+json: { schema: { $ref: shared/schemas.yaml#/Problem }, example: { type: /a, title: A, status: 401 } } } }',
    ),
  ]),
  fault("lint/gateway-status", "the gateway's error under another status", '"418": {', [
    page400(
      '"400": { $ref: shared/responses.yaml#/BadRequest }',
      '"418": { description: No., content: { application/json: { schema: { $ref: shared/schemas.yaml#/GatewayError }, example: { statusCode: 418, message: No } } } }',
    ),
  ]),
  nearMiss("lint/gateway-status", "a 404, which apps answer too", [
    page400(
      '"400": { $ref: shared/responses.yaml#/BadRequest }',
      '"404": { $ref: shared/responses.yaml#/NotFound }',
    ),
  ]),

  fault(
    "lint/bodyless-status",
    "a 204 with a body",
    'content: { application/json: { schema: { $ref: "#/components/schemas/Bed" }, e',
    [
      [
        REPLACED,
        `"204": { description: Done., content: { application/json: { schema: { $ref: "#/components/schemas/Bed" }, example: { id: 0198c0de-0000-7000-8000-000000000001, label: B-1 } } } }
        "400": { $ref: shared/responses.yaml#/BadRequest }`,
      ],
    ],
  ),
  nearMiss("lint/bodyless-status", "a 200 with a body", []),

  fault("lint/created-location", "a 201 that does not say where", '"201":', [[LOCATION, ""]]),
  nearMiss("lint/created-location", "another case of the name", [
    ["            Location: {", "            location: {"],
  ]),

  fault("lint/list-pagination", "an array without a limit", "get:\n      operationId: listBeds", [
    [LIMIT, ""],
  ]),
  fault("lint/list-pagination", "an array without a link", '"200":\n          description: A page', [
    [`          headers:\n${LINK}`, ""],
  ]),
  fault("lint/list-pagination", "a page that is larger than its array", "maxItems: 49", [
    ["maxItems: 50", "maxItems: 49"],
  ]),
  nearMiss("lint/list-pagination", "an array within an object", [
    [
      '      type: array\n      maxItems: 50\n      items: { $ref: "#/components/schemas/Bed" }',
      '      type: object\n      properties:\n        beds: { description: Beds., type: array, maxItems: 5, items: { $ref: "#/components/schemas/Bed" } }',
    ],
    [LIMIT, ""],
    ["none: { value: [] }", "none: { value: { beds: [] } }"],
  ]),

  fault("lint/link-target", "an operation that there is not", "read: { operationId: readBed", [
    ["read: { operationId: getBed", "read: { operationId: readBed"],
  ]),
  fault("lint/link-target", "a parameter that the target lacks", "id: $response.body#/id, ", [
    [LINKS, LINKS.replace("bedId: $", "id: $response.body#/id, bedId: $")],
  ]),
  fault("lint/link-target", "a parameter of the path that is not given", "read: {", [
    [LINKS, LINKS.replace(", parameters: { bedId: $response.body#/id }", "")],
  ]),
  nearMiss("lint/link-target", "a parameter with its place", [
    [LINKS, LINKS.replace("bedId: $", "path.bedId: $")],
  ]),

  fault("lint/body-schema-named", "an inline schema", "schema: { type: object, additionalProperties", [
    [REPLACE_BODY, `schema: ${inline}`],
    [
      "    BedReplace:\n      type: object\n      additionalProperties: false\n      required: [label]\n      properties:\n        label: { description: On the bed., type: string, maxLength: 5 }\n",
      "",
    ],
  ]),
  nearMiss("lint/body-schema-named", "an inline schema of a parameter", []),

  fault(
    "lint/schema-per-use",
    "a PUT whose schema is called otherwise",
    `content:\n          application/json:\n            schema: { $ref: "#/components/schemas/BedAny" }`,
    [
      [REPLACE_BODY, `schema: { $ref: "#/components/schemas/BedAny" }`],
      ["    BedReplace:", "    BedAny:"],
    ],
  ),
  fault(
    "lint/schema-per-use",
    "a schema that is sent and answered",
    `content:\n          application/json:\n            ${REPLACE_BODY}\n            examples`,
    [
      [
        REPLACED,
        `"200": { description: Done., content: { application/json: { ${REPLACE_BODY}, example: { label: B-1 } } } }
        "400": { $ref: shared/responses.yaml#/BadRequest }`,
      ],
    ],
  ),
  nearMiss("lint/schema-per-use", "a part of what is sent that is a part of what is answered", [
    ...kind(`$ref: "#/components/schemas/Kind"`),
    withSchemas("    Kind: { type: string, enum: [bed, cot] }\n"),
    [
      "      required: [id, label]\n      properties:\n",
      `      required: [id, label]\n      properties:\n        kind: { description: What it is., $ref: "#/components/schemas/Kind" }\n`,
    ],
  ]),

  fault("lint/schema-type", "a schema that says nothing", "kind: {", kind("maxLength: 5")),
  nearMiss(
    "lint/schema-type",
    "a condition beside a type",
    kind("type: string, maxLength: 9, anyOf: [{ pattern: ^a$ }, { pattern: ^b$ }]"),
  ),
  nearMiss("lint/schema-type", "a constant", kind("const: bed")),

  fault("lint/limit-strings", "a text of any length", "kind: {", kind("type: string")),
  fault("lint/limit-strings", "a text or null of any length", "kind: {", kind('type: [string, "null"]')),
  fault("lint/limit-strings", "a format instead of a limit", "kind: {", kind("type: string, format: uuid")),
  nearMiss("lint/limit-strings", "a text that is counted out", kind("type: string, enum: [a]")),
  nearMiss("lint/limit-strings", "a text of one value", kind("type: string, const: a")),

  fault("lint/limit-arrays", "a list of any length", "wards: {", [[WARDS, `type: array, ${FLOORS}`]]),
  fault("lint/limit-arrays", "a list or null of any length", "wards: {", [
    [WARDS, `type: [array, "null"], ${FLOORS}`],
  ]),
  nearMiss("lint/limit-arrays", "a tuple", [
    [
      WARDS,
      "type: array, prefixItems: [{ type: integer, minimum: 0, maximum: 9 }, { const: 2 }], items: false",
    ],
  ]),

  fault("lint/limit-numbers", "a number without an upper limit", "items: { type: integer", [
    floors("{ type: integer, minimum: 0 }"),
  ]),
  fault("lint/limit-numbers", "a number without limits", "items: { type: number", [
    floors("{ type: number }"),
  ]),
  nearMiss("lint/limit-numbers", "exclusive limits", [
    floors("{ type: number, exclusiveMinimum: 0, exclusiveMaximum: 10 }"),
  ]),
  nearMiss("lint/limit-numbers", "a number that is counted out", [floors("{ type: integer, enum: [1, 2] }")]),

  fault("lint/number-precision", "a limit that readers round", "maximum: 9223372036854775807", [
    floors("{ type: integer, minimum: 0, maximum: 9223372036854775807 }"),
  ]),
  nearMiss("lint/number-precision", "the largest number that is exact", [
    floors("{ type: integer, minimum: 0, maximum: 9007199254740991 }"),
  ]),

  fault("lint/pattern-anchored", "a pattern without an end", 'pattern: "^[0-9a-f-]+"', [
    pathId('{ type: string, pattern: "^[0-9a-f-]+", maxLength: 36 }'),
  ]),
  fault("lint/pattern-anchored", "an end that is a dollar sign", "pattern: '^a\\$'", [
    pathId("{ type: string, pattern: '^a\\$', maxLength: 36 }"),
  ]),
  fault("lint/pattern-anchored", "alternatives of which each has one end", "pattern: ^a|b$", [
    pathId("{ type: string, pattern: ^a|b$, maxLength: 36 }"),
  ]),
  nearMiss("lint/pattern-anchored", "alternatives in a group", [
    pathId("{ type: string, pattern: '^(a|[|]|\\|)$', maxLength: 36 }"),
  ]),

  fault("lint/ref-siblings", "a limit beside the reference of a response", "headers: {}", [
    page400('"400": { $ref: shared/responses.yaml#/BadRequest, headers: {} }'),
  ]),
  nearMiss("lint/ref-siblings", "a description beside the reference of a response", [
    page400('"400": { $ref: shared/responses.yaml#/BadRequest, description: Not a page. }'),
  ]),
  nearMiss("lint/ref-siblings", "a limit beside the reference of a schema", [
    pathId("{ $ref: shared/schemas.yaml#/Id, minLength: 36 }"),
  ]),

  fault(
    "lint/example-per-body",
    "a body without an example",
    `application/json:\n            ${REPLACE_BODY}`,
    [[REPLACE_EXAMPLE, ""]],
  ),
  fault(
    "lint/example-per-body",
    "an empty set of examples",
    `application/json:\n            ${REPLACE_BODY}`,
    [[REPLACE_EXAMPLE, "            examples: {}\n"]],
  ),
  nearMiss("lint/example-per-body", "one example", [
    [REPLACE_EXAMPLE, "            example: { label: B-2 }\n"],
  ]),

  fault("lint/header-description", "a header without a description", "Link: {", [
    [LINK, LINK.replace("description: The next page., ", "")],
  ]),
  nearMiss("lint/header-description", "a header with a description of one word", [
    [LINK, LINK.replace("The next page.", "Next.")],
  ]),

  fault("lint/header-example", "a text that is too long", "example: abcdef }", [
    [LINK, LINK.replace("maxLength: 100 } }", "maxLength: 5 }, example: abcdef }")],
  ]),
  fault("lint/header-example", "a number for a text", "example: 5 }", [
    [LINK, LINK.replace("maxLength: 100 } }", "maxLength: 5 }, example: 5 }")],
  ]),
  fault("lint/header-example", "a number that is too large", "value: 9 }", [
    [
      LINK,
      LINK.replace(
        "schema: { type: string, maxLength: 100 } }",
        "schema: { type: integer, minimum: 1, maximum: 5 }, examples: { one: { value: 9 } } }",
      ),
    ],
  ]),
  nearMiss("lint/header-example", "a pattern that is none, which the generator refuses", [
    [LINK, LINK.replace("maxLength: 100 } }", "pattern: ^(a$, maxLength: 5 }, example: b }")],
  ]),
  nearMiss("lint/header-example", "the longest text", [
    [LINK, LINK.replace("maxLength: 100 } }", "pattern: ^a.*$, maxLength: 5 }, example: abcde }")],
  ]),

  fault("lint/property-description", "a property without a description", "kind: {", [
    ["kind: { description: What it is., ", "kind: { "],
  ]),
  nearMiss("lint/property-description", "a description beside a reference", [
    withSchemas("    Kind: { type: string, enum: [bed, cot] }\n"),
    [
      `kind: { description: What it is., ${KIND}`,
      'kind: { description: What it is., $ref: "#/components/schemas/Kind" }',
    ],
  ]),
];

let found: string[][] = [];
beforeAll(async () => {
  found = await judgeCases(cases);
});
afterAll(removeProjects);

describe("the rules of the plugin", () => {
  it.each(cases.map(({ rule, what, expected }, index) => ({ rule, what, expected, index })))(
    "$rule: $what",
    ({ expected, index }) => {
      expect(found[index]).toEqual(expected);
    },
  );
});
