import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { removeProjects } from "../fixtures/project.ts";
import { fault, judgeCases, nearMiss } from "./fixtures/lint-cases.ts";

const PUT = "description: Replaces one bed.\n      tags: [Beds]";
const tagsOfPut = (tags: string): [string, string] => [PUT, PUT.replace("[Beds]", tags)];
const TAG = "    description: The beds of a ward.";
const BEDS = "  /ward/beds:\n";
const CURSOR = `        - name: cursor
          in: query
          description: Where the page starts.
`;
const KIND = "type: string, enum: [bed, cot] }";
const FLOOR = "items: { type: integer, minimum: 0, maximum: 9 }";
const REPLACE = "examples:\n              plain: { value: { label: B-2 } }";
const PAGE = `application/json:
              schema: { $ref: "#/components/schemas/BedPage" }`;
const LAST = `    BedPage:
      type: array`;

const cases = [
  fault("lint/struct", "a key that OpenAPI does not know", "sumary", [
    ["summary: List beds", "summary: List beds\n      sumary: Beds"],
  ]),
  nearMiss("lint/struct", "an extension of ours", [
    ["        in: path", "        x-invalid-status: 400\n        in: path"],
  ]),
  fault("lint/openapi-version", "a contract of OpenAPI 3.0", "openapi: 3.0.3", [
    ["openapi: 3.1.0", "openapi: 3.0.3"],
  ]),
  fault("lint/openapi-version", "no version", "info:", [["openapi: 3.1.0\n", ""]]),
  nearMiss("lint/openapi-version", "a later 3.1", [["openapi: 3.1.0", "openapi: 3.1.1"]]),
  fault("lint/operation-summary", "no summary", "get:\n      operationId: listBeds\n      d", [
    ["      summary: List beds\n", ""],
  ]),
  nearMiss("lint/operation-summary", "a summary of one word", [["summary: List beds", "summary: Beds"]]),
  fault("lint/operation-description", "no description", "post:", [
    ["      description: Stores a bed.\n", ""],
  ]),
  nearMiss("lint/operation-description", "a description in another style", [
    ["description: Stores a bed.", "description: >-\n        Stores a bed."],
  ]),
  fault("lint/operation-singular-tag", "two tags", "tags: [Beds, Wards]", [
    tagsOfPut("[Beds, Wards]"),
    [TAG, `${TAG}\n  - { name: Wards, description: Wards. }`],
  ]),
  nearMiss("lint/operation-singular-tag", "another tag", [
    tagsOfPut("[Wards]"),
    [TAG, `${TAG}\n  - { name: Wards, description: Wards. }`],
  ]),
  fault("lint/operation-tag-defined", "a tag that is not declared", "Cots", [tagsOfPut("[Cots]")]),
  nearMiss("lint/operation-tag-defined", "a tag that nothing uses", [
    [TAG, `${TAG}\n  - { name: Cots, description: Cots. }`],
  ]),
  fault("lint/tag-description", "a tag without a description", "name: Beds", [[`${TAG}\n`, ""]]),
  nearMiss("lint/tag-description", "a short description", [[TAG, "    description: Beds."]]),
  fault("lint/no-duplicated-tag-names", "a tag twice", "{ name: Beds, d", [
    [TAG, `${TAG}\n  - { name: Beds, description: Again. }`],
  ]),
  nearMiss("lint/no-duplicated-tag-names", "tags that differ in case", [
    [TAG, `${TAG}\n  - { name: beds, description: Again. }`],
  ]),
  fault("lint/paths-kebab-case", "a path in camelCase", "/ward/allBeds", [[BEDS, "  /ward/allBeds:\n"]]),
  nearMiss("lint/paths-kebab-case", "a parameter in camelCase", [[BEDS, "  /ward/all-beds:\n"]]),
  fault("lint/no-path-trailing-slash", "a slash at the end", "/ward/beds/:", [[BEDS, "  /ward/beds/:\n"]]),
  nearMiss("lint/no-path-trailing-slash", "more segments", [
    [BEDS, "  /ward/beds/all:\n"],
    ["/ward/beds/{bedId}", "/ward/bed/{bedId}"],
  ]),
  fault("lint/no-http-verbs-in-paths", "a verb of HTTP", "/ward/get-beds", [[BEDS, "  /ward/get-beds:\n"]]),
  nearMiss("lint/no-http-verbs-in-paths", "a word that holds one", [[BEDS, "  /ward/targets:\n"]]),
  fault(
    "lint/path-not-include-query",
    "a query",
    "/ward/beds?all",
    [[BEDS, "  /ward/beds?all=true:\n"]],
    ["lint/paths-kebab-case"],
  ),
  nearMiss("lint/path-not-include-query", "the query as a parameter", [["name: operationName", "name: all"]]),
  fault("lint/no-ambiguous-paths", "paths that match one address", "/{some}/beds", [
    [BEDS, "  /ward/{any}:\n"],
    ["  /ward/beds/{bedId}:\n", "  /{some}/beds:\n"],
  ]),
  nearMiss("lint/no-ambiguous-paths", "paths of other lengths", [[BEDS, "  /ward/{any}:\n"]]),
  fault(
    "lint/operation-parameters-unique",
    "a parameter twice",
    "name: cursor\n          in: query\n          description: Where",
    [
      [
        CURSOR,
        `        - { name: cursor, in: query, description: One., schema: { type: string, maxLength: 5 } }\n${CURSOR}`,
      ],
    ],
  ),
  nearMiss("lint/operation-parameters-unique", "the same name in another place", [
    [
      CURSOR,
      `        - { name: cursor, in: header, description: One., schema: { type: string, maxLength: 5 } }\n${CURSOR}`,
    ],
  ]),
  fault("lint/request-mime-type", "a body that is no JSON", "application/xml", [
    [
      `application/json:\n            schema: { $ref: "#/components/schemas/BedReplace" }`,
      `application/xml:\n            schema: { $ref: "#/components/schemas/BedReplace" }`,
    ],
  ]),
  nearMiss("lint/request-mime-type", "a body that may be left out", [
    [
      `required: true\n        content:\n          application/json:\n            schema: { $ref: "#/components/schemas/BedReplace" }`,
      `content:\n          application/json:\n            schema: { $ref: "#/components/schemas/BedReplace" }`,
    ],
  ]),
  fault("lint/response-mime-type", "an answer that is no JSON", "text/html", [
    [PAGE, PAGE.replace("application/json", "text/html")],
  ]),
  nearMiss("lint/response-mime-type", "lines of JSON", [[PAGE, PAGE.replace("/json", "/x-ndjson")]]),
  fault("lint/operation-2xx-response", "no success", 'responses:\n        "304"', [
    [`"204": { description: The bed is replaced. }`, `"304": { description: Not modified. }`],
  ]),
  nearMiss("lint/operation-2xx-response", "another success", [
    [`"204": { description: The bed is replaced. }`, `"202": { description: The bed will be replaced. }`],
  ]),
  fault(
    "lint/operation-4xx-response",
    "no failure of the client",
    'responses:\n        "204": { description: Swept. }',
    [
      [
        "components:\n  securitySchemes",
        `  /sweep:
    post:
      operationId: sweepBeds
      summary: Sweep
      description: Sweeps.
      tags: [Beds]
      x-internal: true
      responses:
        "204": { description: Swept. }
        "500": { $ref: shared/responses.yaml#/Failed }
components:\n  securitySchemes`,
      ],
    ],
  ),
  nearMiss("lint/operation-4xx-response", "one failure of the client", [
    [
      "components:\n  securitySchemes",
      `  /sweep:
    post:
      operationId: sweepBeds
      summary: Sweep
      description: Sweeps.
      tags: [Beds]
      x-internal: true
      responses:
        "204": { description: Swept. }
        "404": { $ref: shared/responses.yaml#/NotFound }
        "500": { $ref: shared/responses.yaml#/Failed }
components:\n  securitySchemes`,
    ],
  ]),
  fault("lint/no-enum-type-mismatch", "a number among texts", "7] }", [
    [KIND, "type: string, enum: [bed, 7] }"],
  ]),
  nearMiss("lint/no-enum-type-mismatch", "a number that is text", [
    [KIND, `type: string, enum: [bed, "7"] }`],
  ]),
  fault("lint/no-duplicated-enum-values", "a value twice", "bed] }", [
    [KIND, "type: string, enum: [bed, bed] }"],
  ]),
  nearMiss("lint/no-duplicated-enum-values", "values that differ in case", [
    [KIND, "type: string, enum: [bed, Bed] }"],
  ]),
  fault("lint/no-schema-type-mismatch", "items of a string", "items: »{ type: boolean", [
    [KIND, "type: string, enum: [bed, cot], items: { type: boolean } }"],
  ]),
  nearMiss("lint/no-schema-type-mismatch", "items of an array", []),
  fault("lint/no-mixed-number-range-constraints", "two upper limits", "exclusiveMaximum", [
    [FLOOR, "items: { type: integer, minimum: 0, maximum: 9, exclusiveMaximum: 9 }"],
  ]),
  nearMiss("lint/no-mixed-number-range-constraints", "limits of both kinds at different ends", [
    [FLOOR, "items: { type: integer, exclusiveMinimum: 0, maximum: 9 }"],
  ]),
  fault("lint/no-illogical-composition-keywords", "oneOf of one", "oneOf", [
    [FLOOR, "items: { oneOf: [{ type: integer, minimum: 0, maximum: 9 }] }"],
  ]),
  nearMiss("lint/no-illogical-composition-keywords", "oneOf of two", [
    [FLOOR, "items: { oneOf: [{ type: integer, minimum: 0, maximum: 9 }, { const: all }] }"],
  ]),
  fault("lint/no-required-schema-properties-undefined", "a property that there is not", "size]", [
    [KIND, "type: object, additionalProperties: false, required: [size] }"],
    ["kind: bed, ", ""],
  ]),
  nearMiss("lint/no-required-schema-properties-undefined", "a property that is not required", [
    ["required: [id, label]", "required: [id]"],
  ]),
  fault("lint/no-unused-components", "a schema that nothing uses", "Cot:", [
    [LAST, `    Cot: { type: boolean }\n${LAST}`],
  ]),
  nearMiss("lint/no-unused-components", "a schema that another uses", [
    [LAST, `    Cot: { type: boolean }\n${LAST}`],
    [KIND, `$ref: "#/components/schemas/Cot" }`],
    ["kind: bed, ", "kind: true, "],
  ]),
  fault("lint/property-casing", "a property in snake_case", "ward_kind", [
    ["        kind: {", "        ward_kind: {"],
    ["kind: bed, ", ""],
  ]),
  nearMiss("lint/property-casing", "an acronym", [
    ["        kind: {", "        wardURL: {"],
    ["kind: bed, ", ""],
  ]),
  fault("lint/no-invalid-media-type-examples", "a value that is too long", "B-2345 }", [
    [REPLACE, REPLACE.replace("B-2", "B-2345")],
  ]),
  nearMiss("lint/no-invalid-media-type-examples", "the longest value", [
    [REPLACE, REPLACE.replace("B-2", "B-234")],
  ]),
  fault("lint/no-invalid-schema-examples", "a value that is none of those", "sofa", [
    [KIND, "type: string, enum: [bed, cot], examples: [sofa] }"],
  ]),
  nearMiss("lint/no-invalid-schema-examples", "one of the values", [
    [KIND, "type: string, enum: [bed, cot], examples: [cot] }"],
  ]),
  fault("lint/no-invalid-parameter-examples", "a page of none", "example: »0", [
    [
      "          schema: { type: integer, minimum: 1, maximum: 50 }",
      "          schema: { type: integer, minimum: 1, maximum: 50 }\n          example: 0",
    ],
  ]),
  nearMiss("lint/no-invalid-parameter-examples", "the largest page", [
    [
      "          schema: { type: integer, minimum: 1, maximum: 50 }",
      "          schema: { type: integer, minimum: 1, maximum: 50 }\n          example: 50",
    ],
  ]),
  fault("lint/no-example-value-and-externalValue", "both", "value: [], ", [
    ["none: { value: [] }", "none: { value: [], externalValue: https://specimen.example/none.json }"],
  ]),
  nearMiss("lint/no-example-value-and-externalValue", "a summary", [
    ["none: { value: [] }", "none: { summary: None., value: [] }"],
  ]),
  fault("lint/parameter-description", "a parameter without a description", "name: cursor", [
    ["          description: Where the page starts.\n", ""],
  ]),
  nearMiss("lint/parameter-description", "a description of one word", [
    ["description: Where the page starts.", "description: Start."],
  ]),
  fault("lint/no-unsafe-markdown", "a script", "Stores <script>", [
    ["description: Stores a bed.", "description: Stores <script>alert(1)</script>."],
  ]),
  nearMiss("lint/no-unsafe-markdown", "the word in code", [
    ["description: Stores a bed.", "description: Stores a bed by its `script`."],
  ]),
  fault("lint/info-version", "a version of two numbers", '"1.2"', [["version: 1.2.3", `version: "1.2"`]]),
  nearMiss("lint/info-version", "large numbers", [["version: 1.2.3", "version: 10.20.30"]]),
  fault("lint/info-license", "no license", "info:", [["  license: { name: MIT, identifier: MIT }\n", ""]]),
  nearMiss("lint/info-license", "another license", [
    ["name: MIT, identifier: MIT", "name: Apache 2.0, identifier: Apache-2.0"],
  ]),
  fault("lint/info-license-strict", "a license that is only named", "license:", [
    ["name: MIT, identifier: MIT", "name: MIT"],
  ]),
  nearMiss("lint/info-license-strict", "a license with its address", [
    ["name: MIT, identifier: MIT", "name: MIT, url: https://opensource.org/license/mit"],
  ]),
  fault("lint/info-contact", "nobody to ask", "info:", [
    ["  contact: { name: Ward, url: https://specimen.example/support }\n", ""],
  ]),
  nearMiss("lint/info-contact", "a team", [
    ["contact: { name: Ward, url", "contact: { name: Ward team, url"],
  ]),
  fault("lint/no-server-example.com", "an address of nobody", "https://example.com", [
    ["  - url: /\n", "  - url: https://example.com\n"],
  ]),
  nearMiss("lint/no-server-example.com", "an address of ours", [
    ["  - url: /\n", "  - url: https://specimen.example\n"],
  ]),
  fault("lint/no-empty-servers", "no server", "openapi:", [
    ["servers:\n  - url: /\n    description: The gateway.\n", ""],
  ]),
  nearMiss("lint/no-empty-servers", "a server without a description", [
    ["  - url: /\n    description: The gateway.\n", "  - url: /\n"],
  ]),
];

let found: string[][] = [];
beforeAll(async () => {
  found = await judgeCases(cases);
});
afterAll(removeProjects);

describe("the rules of Redocly, as redocly.yaml has them", () => {
  it.each(cases.map(({ rule, what, expected }, index) => ({ rule, what, expected, index })))(
    "$rule: $what",
    ({ expected, index }) => {
      expect(found[index]).toEqual(expected);
    },
  );
});
