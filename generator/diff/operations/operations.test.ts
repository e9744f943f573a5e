import { afterAll, describe, expect, it } from "@jest/globals";
import { removeProjects, type ProjectFiles } from "../../fixtures/project.ts";
import { edit, editContract, judgeWard, linesOf } from "../fixtures/judge-ward.ts";

afterAll(removeProjects);

type Edit = readonly [search: string, replacement: string];

const ID = "x-invalid-status: 400\n";
const READ_BED = "      operationId: readBed\n";
const NOT_FOUND = '        "404": { $ref: shared/responses.yaml#/NotFound }\n';
const IF_NONE_MATCH =
  "        - name: If-None-Match\n          in: header\n          schema: { type: string, maxLength: 10 }\n";

/** Each edit, the rule that it breaks or follows, and the text of the line that is told. */
const CASES: readonly (readonly [what: string, edits: readonly Edit[], rule: string, line: string])[] = [
  [
    "an operation called otherwise",
    [
      [READ_BED, "      operationId: getBed\n"],
      ["operationId: readBed,", "operationId: getBed,"],
    ],
    "breaking/operation-id-changed",
    "operationId: getBed",
  ],
  [
    "another path",
    [["  /ward/beds/{bedId}:", "  /ward/bed/{bedId}:"]],
    "breaking/address-changed",
    "/ward/bed/{bedId}:",
  ],
  [
    "another method",
    [["    post:\n      operationId: createBed", "    put:\n      operationId: createBed"]],
    "breaking/address-changed",
    "put:",
  ],
  [
    "a parameter taken away",
    [
      [
        "        - name: floor\n          in: query\n          schema: { type: integer, minimum: 0, maximum: 9 }\n",
        "",
      ],
    ],
    "breaking/request-parameter-removed",
    "parameters:",
  ],
  [
    "the only parameter taken away",
    [[`      parameters:\n${IF_NONE_MATCH}`, ""]],
    "breaking/request-parameter-removed",
    "get:",
  ],
  [
    "a header required",
    [["          in: header\n", "          in: header\n          required: true\n"]],
    "breaking/request-parameter-required",
    "required: true",
  ],
  [
    "a required header added",
    [
      [
        IF_NONE_MATCH,
        `${IF_NONE_MATCH}        - { name: X-Why, in: header, required: true, schema: { type: string, maxLength: 5 } }\n`,
      ],
    ],
    "breaking/request-parameter-required",
    "- { name: X-Why",
  ],
  [
    "a list written otherwise",
    [
      [
        "        - name: label\n          in: query\n",
        "        - name: label\n          in: query\n          allowReserved: true\n",
      ],
    ],
    "breaking/request-parameter-serialization",
    "allowReserved: true",
  ],
  [
    "a malformed id answered otherwise",
    [[`        ${ID}`, ""]],
    "breaking/refusal-status-changed",
    "- name: bedId",
  ],
  [
    "a body required",
    [["        required: true\n        x-max-bytes", "        x-max-bytes"]],
    "compatible/request-widened",
    "requestBody:",
  ],
  [
    "a smaller body",
    [["x-max-bytes: 1000", "x-max-bytes: 999"]],
    "breaking/request-body-size",
    "x-max-bytes: 999",
  ],
  [
    "a larger body",
    [["x-max-bytes: 1000", "x-max-bytes: 1001"]],
    "compatible/request-widened",
    "x-max-bytes: 1001",
  ],
  [
    "another media type",
    [
      [
        '          application/json:\n            schema: { $ref: "#/components/schemas/BedCreate" }',
        '          application/bed+json:\n            schema: { $ref: "#/components/schemas/BedCreate" }',
      ],
    ],
    "breaking/request-media-type-removed",
    "content:",
  ],
  [
    "a further media type",
    [
      [
        '            schema: { $ref: "#/components/schemas/BedCreate" }',
        '            schema: { $ref: "#/components/schemas/BedCreate" }\n          application/bed+json:\n            schema: { $ref: "#/components/schemas/BedCreate" }',
      ],
    ],
    "compatible/request-media-type-added",
    "application/bed+json:",
  ],
  [
    "a success less",
    [['        "304": { description: Not modified. }\n', ""]],
    "compatible/response-status-removed",
    "responses:",
  ],
  [
    "another success",
    [['        "201":', '        "200":']],
    "breaking/response-status-removed",
    "responses:",
  ],
  [
    "another success, as added",
    [['        "201":', '        "200":']],
    "breaking/response-status-added",
    '"200":',
  ],
  [
    "a failure more",
    [
      [
        `        "304": { description: Not modified. }\n${NOT_FOUND}`,
        `        "304": { description: Not modified. }\n        "410": { $ref: shared/responses.yaml#/NotFound }\n${NOT_FOUND}`,
      ],
    ],
    "compatible/response-status-added",
    '"410":',
  ],
  [
    "a header less",
    [["          headers:\n            Link: { schema: { type: string, maxLength: 100 } }\n", ""]],
    "breaking/response-header-removed",
    '"200":',
  ],
  [
    "a header not always there",
    [["ETag: { required: true, schema", "ETag: { schema"]],
    "breaking/response-header-optional",
    "ETag: {",
  ],
  [
    "a header always there",
    [["Link: { schema", "Link: { required: true, schema"]],
    "compatible/response-narrowed",
    "Link: {",
  ],
  [
    "a header more",
    [
      [
        "            Link: {",
        "            Age: { schema: { type: integer, minimum: 0, maximum: 9 } }\n            Link: {",
      ],
    ],
    "compatible/response-header-added",
    "Age: {",
  ],
  [
    "an operation deprecated",
    [[READ_BED, `${READ_BED}      deprecated: true\n`]],
    "compatible/deprecated",
    "deprecated: true",
  ],
  [
    "a parameter deprecated",
    [["        - name: floor\n", "        - name: floor\n          deprecated: true\n"]],
    "compatible/deprecated",
    "deprecated: true",
  ],
  [
    "a parameter more",
    [
      [
        IF_NONE_MATCH,
        `${IF_NONE_MATCH}        - { name: why, in: query, schema: { type: string, maxLength: 5 } }\n`,
      ],
    ],
    "compatible/request-parameter-added",
    "- { name: why",
  ],
  [
    "a product more",
    [["x-apim-products: [nurse]", "x-apim-products: [nurse, doctor]"]],
    "compatible/product-added",
    "x-apim-products: [nurse, doctor]",
  ],
  [
    "another product",
    [["x-apim-products: [nurse]", "x-apim-products: [doctor]"]],
    "breaking/product-removed",
    "x-apim-products: [doctor]",
  ],
  [
    "an address more",
    [["security:\n", "servers: [{ url: / }, { url: /v1 }]\nsecurity:\n"]],
    "compatible/server-added",
    "servers: [{ url: / }",
  ],
  [
    "another address",
    [["security:\n", "servers: [{ url: /v1 }]\nsecurity:\n"]],
    "breaking/server-removed",
    "servers: [{ url: /v1 }]",
  ],
  [
    "a path parameter called otherwise",
    [
      ["  /ward/beds/{bedId}:", "  /ward/beds/{id}:"],
      ["      - name: bedId", "      - name: id"],
      ["$request.path.bedId", "$request.path.id"],
      ["parameters: { bedId:", "parameters: { id:"],
    ],
    "compatible/off-the-wire",
    "- name: id",
  ],
  [
    "a header in other letters",
    [["name: If-None-Match", "name: if-none-match"]],
    "compatible/off-the-wire",
    "- name: if-none-match",
  ],
];

const DOCTOR: ProjectFiles = {
  "apim-policies/products/doctor.xml": "<policies><inbound><base /></inbound></policies>",
};

const EXTRA = `  /ward/rooms:
    get:
      operationId: listRooms
      summary: List rooms
      x-audit: { action: search, resource: room, id: null }
      responses: { "204": { description: None. } }
`;

describe("operations that partners call", () => {
  it.each(CASES)("%s", async (_what, edits, rule, line) => {
    const head = editContract(...edits);
    const lines = linesOf(await judgeWard({ ...head, ...DOCTOR }, DOCTOR), rule, head);
    expect(lines).toEqual([expect.stringContaining(`openapi/ward.yaml: ${line}`)]);
  });

  it("tells a parameter that is called otherwise at its name", async () => {
    const head = editContract(["        - name: floor\n", "        - name: storey\n"]);
    const report = await judgeWard(head);
    expect(linesOf(report, "breaking/request-parameter-removed", head)).toEqual([
      "openapi/ward.yaml: - name: storey",
    ]);
    expect(report.findings.filter(({ rule }) => /parameter-(removed|added)/.test(rule))).toHaveLength(1);
  });

  it("knows that without 412 a failed precondition overwrites", async () => {
    const guarded = editContract(
      [IF_NONE_MATCH, IF_NONE_MATCH.replace("If-None-Match", "If-Match")],
      [
        NOT_FOUND + "  /sweep:",
        `        "412": { $ref: shared/responses.yaml#/NotFound }\n${NOT_FOUND}  /sweep:`,
      ],
    );
    const text = guarded["openapi/ward.yaml"] ?? "";
    const head = {
      "openapi/ward.yaml": text.replace('        "412": { $ref: shared/responses.yaml#/NotFound }\n', ""),
    };
    expect(linesOf(await judgeWard(head, guarded), "breaking/response-status-removed", head)).toEqual([
      "openapi/ward.yaml: responses:",
    ]);
  });

  it("knows what the gateway answers by itself", async () => {
    const file = "openapi/shared/schemas.yaml";
    const head = edit(file, [
      "message: { type: string, maxLength: 200 }",
      "message: { type: string, maxLength: 201 }",
    ]);
    expect(linesOf(await judgeWard(head), "breaking/response-property-widened", head)).toEqual([
      `${file}: message: { type: string, maxLength: 201 }`,
    ]);
  });

  it("tells an operation that is gone at the path that is left, or at the paths", async () => {
    const base = editContract(["  /sweep:\n", `${EXTRA}  /sweep:\n`]);
    const report = await judgeWard(
      { "openapi/ward.yaml": editContract()["openapi/ward.yaml"] ?? null },
      base,
    );
    expect(linesOf(report, "breaking/operation-removed", {})).toEqual(["openapi/ward.yaml: paths:"]);
    expect(report.findings.find(({ rule }) => rule === "breaking/operation-removed")?.message).toMatch(
      /^GET \/ward\/rooms \(listRooms\) is gone \(was openapi\/ward.yaml:\d+\)$/,
    );
  });

  it("tells an operation that is new at its operationId", async () => {
    const head = editContract(["  /sweep:\n", `${EXTRA}  /sweep:\n`]);
    const report = await judgeWard(head);
    expect(linesOf(report, "compatible/operation-added", head)).toEqual([
      "openapi/ward.yaml: operationId: listRooms",
    ]);
    expect(report.verdict).toBe("minor");
  });

  it("takes an operation that becomes internal for removed, one that stops being internal for added", async () => {
    const hidden = editContract([READ_BED, `${READ_BED}      x-internal: true\n`]);
    const shown = editContract();
    const removed = await judgeWard(hidden);
    expect(linesOf(removed, "breaking/operation-removed", hidden)).toEqual([
      "openapi/ward.yaml: x-internal: true",
    ]);
    const added = await judgeWard({ "openapi/ward.yaml": shown["openapi/ward.yaml"] ?? null }, hidden);
    expect(linesOf(added, "compatible/operation-added", {})).toEqual([
      "openapi/ward.yaml: operationId: readBed",
    ]);
  });

  it("does not judge what is internal", async () => {
    const { verdict, findings } = await judgeWard(
      editContract(
        ["operationId: sweep\n", "operationId: brush\n"],
        ['"204": { description: Swept. }', '"200": { description: Swept. }'],
      ),
    );
    expect(verdict).toBe("none");
    expect(findings.filter(({ rule }) => !rule.startsWith("apim/"))).toEqual([]);
  });

  it("tells an API that is gone, and one that is new", async () => {
    const other = editContract(
      ["/ward/beds:", "/rooms/beds:"],
      ["/ward/beds/{bedId}:", "/rooms/beds/{bedId}:"],
      ["title: Ward API", "title: Rooms API"],
    );
    const rooms = { "openapi/rooms.yaml": other["openapi/ward.yaml"] ?? null };
    const gone = await judgeWard({ "openapi/rooms.yaml": null }, rooms);
    expect(gone.findings.filter(({ rule }) => rule.startsWith("breaking/"))).toMatchObject([
      {
        rule: "breaking/api-removed",
        file: "openapi/rooms.yaml",
        message: "the Rooms API is gone, and every operation of it",
      },
    ]);
    const added = await judgeWard(rooms);
    expect(added.findings.filter(({ rule }) => rule.startsWith("compatible/"))).toMatchObject([
      { rule: "compatible/api-added", file: "openapi/rooms.yaml", line: 1 },
    ]);
    expect(added.apis).toMatchObject([
      { name: "rooms", from: null, verdict: "minor" },
      { name: "ward", verdict: "none" },
    ]);
  });

  it("asks for no more than it did: a role more is breaking, a role less an addition", async () => {
    const role = editContract(["  - subscriptionKey: []", "  - subscriptionKey: [writer]"]);
    const tightened = await judgeWard(role);
    expect(linesOf(tightened, "breaking/security-tightened", role)).toEqual(["openapi/ward.yaml: security:"]);
    const contract = editContract()["openapi/ward.yaml"] ?? null;
    const loosened = await judgeWard({ "openapi/ward.yaml": contract }, role);
    expect(linesOf(loosened, "compatible/security-loosened", {})).toEqual(["openapi/ward.yaml: security:"]);
    const alternative = editContract([
      "  - subscriptionKey: []",
      "  - subscriptionKey: []\n  - subscriptionKey: [writer]",
    ]);
    expect((await judgeWard(alternative)).verdict).toBe("patch");
  });

  it("knows what opens an operation by what it is, not by its name", async () => {
    const named = editContract(
      ["  - subscriptionKey: []", "  - key: []"],
      ["    subscriptionKey: {", "    key: {"],
    );
    expect((await judgeWard(named)).verdict).toBe("patch");
  });

  it("takes a class of statuses for each of them", async () => {
    const range = editContract([
      '        "304": { description: Not modified. }\n        "404": { $ref',
      '        "304": { description: Not modified. }\n        4XX: { $ref',
    ]);
    const { findings } = await judgeWard(range);
    const rules = findings.map(({ rule }) => rule).filter((rule) => rule.startsWith("compatible/"));
    expect(rules).toEqual(["compatible/response-status-added"]);
  });

  it("takes what the specification says by default for what is said", async () => {
    const said = editContract(
      [
        "        - name: label\n          in: query\n",
        "        - name: label\n          in: query\n          style: form\n          explode: true\n          required: false\n",
      ],
      ["x-max-bytes: 1000", "x-max-bytes: 1000"],
    );
    expect((await judgeWard(said)).verdict).toBe("patch");
  });

  it("does not know of a body any more, or of one that is new", async () => {
    const body = `      requestBody:
        required: true
        x-max-bytes: 1000
        content:
          application/json:
            schema: { $ref: "#/components/schemas/BedCreate" }
`;
    const without = editContract([body, ""]);
    const removed = await judgeWard(without);
    expect(linesOf(removed, "breaking/request-body-removed", without)).toEqual(["openapi/ward.yaml: post:"]);
    const added = await judgeWard(
      { "openapi/ward.yaml": editContract()["openapi/ward.yaml"] ?? null },
      without,
    );
    expect(linesOf(added, "breaking/request-body-required", {})).toEqual(["openapi/ward.yaml: requestBody:"]);
  });

  it("knows the answers by their media types", async () => {
    const search =
      'application/json:\n              schema: { type: array, maxItems: 10, items: { $ref: "#/components/schemas/Bed" } }';
    const head = editContract([search, search.replace("application/json", "application/bed+json")]);
    const report = await judgeWard(head);
    expect(linesOf(report, "breaking/response-media-type-removed", head)).toEqual([
      "openapi/ward.yaml: content:",
    ]);
    expect(report.changelog).toContain("`listBeds`: 200 is not answered with application/json any more");
    const less = await judgeWard(
      edit("openapi/ward.yaml", [`          content:\n            ${search}\n`, ""]),
    );
    expect(less.findings.map(({ rule }) => rule)).toContain("breaking/response-media-type-removed");
    const more = await judgeWard(
      { "openapi/ward.yaml": editContract()["openapi/ward.yaml"] ?? null },
      edit("openapi/ward.yaml", [`          content:\n            ${search}\n`, ""]),
    );
    expect(more.findings.map(({ rule }) => rule)).toContain("compatible/response-media-type-added");
  });
});
