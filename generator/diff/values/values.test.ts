import { afterAll, describe, expect, it } from "@jest/globals";
import { removeProjects, type ProjectFiles } from "../../fixtures/project.ts";
import { editContract, judgeWard, linesOf } from "../fixtures/judge-ward.ts";

afterAll(removeProjects);

type Edit = readonly [search: string, replacement: string];

const CREATE = "label: { type: string, minLength: 1, maxLength: 5 }";
const SINCE = "since: { type: string, format: partial-date, x-not-after-today: true, maxLength: 10 }";
const FLOOR = 'floor: { type: [integer, "null"], exclusiveMinimum: 0, maximum: 9 }';
const KIND = "kind: { const: bed }";
const READ = "label: { type: string, maxLength: 5, examples: [B-1, B-2] }";
const QUERY = "schema: { type: integer, minimum: 0, maximum: 9 }";
const LINK = "Link: { schema: { type: string, maxLength: 100 } }";

/** Each edit, the rule that it breaks or follows, and the text of the line that is told. */
const CASES: readonly (readonly [what: string, edits: readonly Edit[], rule: string, line: string])[] = [
  // What partners send.
  [
    "maxLength lowered",
    [[CREATE, CREATE.replace("5", "4")]],
    "breaking/request-property-narrowed",
    "label: {",
  ],
  [
    "minLength raised",
    [[CREATE, CREATE.replace("1,", "2,")]],
    "breaking/request-property-narrowed",
    "label: {",
  ],
  [
    "pattern added",
    [[CREATE, CREATE.replace(" }", ", pattern: ^B }")]],
    "breaking/request-property-narrowed",
    "label: {",
  ],
  [
    "enum added",
    [[CREATE, CREATE.replace(" }", ", enum: [A, B] }")]],
    "breaking/request-property-narrowed",
    "label: {",
  ],
  [
    "format tightened",
    [[SINCE, SINCE.replace("partial-date", "date")]],
    "breaking/request-property-narrowed",
    "since: {",
  ],
  [
    "null refused",
    [[FLOOR, FLOOR.replace('[integer, "null"]', "integer")]],
    "breaking/request-property-narrowed",
    "floor: {",
  ],
  ["const changed", [[KIND, "kind: { const: cot }"]], "breaking/request-property-narrowed", "kind: {"],
  [
    "a day after today refused",
    [
      [
        "label: { type: string, minLength: 1, maxLength: 5 }",
        "label: { type: string, minLength: 1, maxLength: 5, x-not-after-today: true }",
      ],
    ],
    "breaking/request-property-narrowed",
    "label: {",
  ],
  ["a property dropped", [[`        ${KIND}\n`, ""]], "breaking/request-property-removed", "properties:"],
  ["a property renamed", [["kind: {", "sort: {"]], "breaking/request-property-removed", "sort: {"],
  [
    "a property required",
    [["required: [label, since]", "required: [label, since, kind]"]],
    "breaking/request-property-required",
    "required: [label, since, kind]",
  ],
  [
    "a required property added",
    [
      ["required: [label, since]", "required: [label, since, ward]"],
      [KIND, `${KIND}\n        ward: { type: string, maxLength: 5 }`],
    ],
    "breaking/request-property-required",
    "ward: {",
  ],
  [
    "a default added",
    [[QUERY, QUERY.replace("9", "9, default: 1")]],
    "compatible/request-default-added",
    QUERY.replace("9", "9, default: 1"),
  ],
  [
    "a parameter narrowed",
    [[QUERY, QUERY.replace("9", "8")]],
    "breaking/request-parameter-narrowed",
    "schema: { type: integer, minimum: 0, maximum: 8 }",
  ],
  ["maxLength raised", [[CREATE, CREATE.replace("5", "6")]], "compatible/request-widened", "label: {"],
  [
    "integer to number",
    [[QUERY, QUERY.replace("integer", "number")]],
    "compatible/request-widened",
    "schema: { type: number",
  ],
  [
    "a property not required any more",
    [["required: [label, since]", "required: [label]"]],
    "compatible/request-widened",
    "required: [label]",
  ],
  [
    "an optional property added",
    [[KIND, `${KIND}\n        ward: { type: string, maxLength: 5 }`]],
    "compatible/request-property-added",
    "ward: {",
  ],
  [
    "a property deprecated",
    [[KIND, "kind: { const: bed, deprecated: true }"]],
    "compatible/deprecated",
    "kind: {",
  ],
  [
    "a body opened",
    [
      [
        "BedCreate:\n      type: object\n      additionalProperties: false",
        "BedCreate:\n      type: object\n      additionalProperties: true",
      ],
    ],
    "compatible/request-widened",
    "additionalProperties: true",
  ],
  // What partners read.
  ["a longer answer", [[READ, READ.replace("5", "6")]], "breaking/response-property-widened", "label: {"],
  [
    "an answer without limit",
    [[READ, READ.replace("maxLength: 5, ", "")]],
    "breaking/response-property-widened",
    "label: {",
  ],
  [
    "null answered",
    [[READ, READ.replace("string", '[string, "null"]')]],
    "breaking/response-property-widened",
    "label: {",
  ],
  [
    "a property dropped from the answer",
    [
      [`        ${READ}\n`, ""],
      ["required: [id, label]", "required: [id]"],
    ],
    "breaking/response-property-removed",
    "properties:",
  ],
  [
    "a property not always answered",
    [["required: [id, label]", "required: [id]"]],
    "breaking/response-property-optional",
    "required: [id]",
  ],
  ["a header longer", [[LINK, LINK.replace("100", "200")]], "breaking/response-header-widened", "Link: {"],
  ["a shorter answer", [[READ, READ.replace("5", "4")]], "compatible/response-narrowed", "label: {"],
  [
    "a property more in a closed answer",
    [[READ, `${READ}\n        floor: { type: integer, minimum: 0, maximum: 9 }`]],
    "breaking/response-property-added",
    "floor: {",
  ],
  [
    "a closed answer opened",
    [
      [
        "Bed:\n      type: object\n      additionalProperties: false",
        "Bed:\n      type: object\n      additionalProperties: true",
      ],
    ],
    "breaking/response-property-added",
    "additionalProperties: true",
  ],
  [
    "a value less",
    [
      ['bed: { $ref: "#/components/examples/Bed" }', 'bed: { $ref: "#/components/examples/Bed" }'],
      [READ, "label: { type: string, maxLength: 5, enum: [A] }"],
    ],
    "compatible/response-narrowed",
    "label: {",
  ],
];

/** Edits after which everything is accepted and answered as before. */
const HARMLESS: readonly (readonly [what: string, edits: readonly Edit[]])[] = [
  [
    "an allOf of one",
    [
      [
        "$ref: shared/schemas.yaml#/Id, description: The bed's id.",
        "allOf: [{ $ref: shared/schemas.yaml#/Id }], description: The bed's id.",
      ],
    ],
  ],
  ["a list of one type", [[CREATE, CREATE.replace("string", "[string]")]]],
  ["a const as an enum", [[KIND, "kind: { enum: [bed] }"]]],
  ["an enum as oneOf", [[KIND, "kind: { oneOf: [{ const: bed }] }"]]],
  ["the other name of a bound", [[FLOOR, FLOOR.replace("exclusiveMinimum: 0", "minimum: 1")]]],
  [
    "null as an alternative",
    [[FLOOR, 'floor: { anyOf: [{ type: integer, minimum: 1, maximum: 9 }, { type: "null" }] }']],
  ],
  ["an order of required", [["required: [label, since]", "required: [since, label]"]]],
  ["a length that the format implies", [[SINCE, SINCE.replace("maxLength: 10", "maxLength: 20")]]],
  ["a minimum of nothing", [[READ, READ.replace("maxLength", "minLength: 0, maxLength")]]],
  [
    "a schema in place of a reference",
    [
      [
        "id: { $ref: shared/schemas.yaml#/Id, description: The bed's id. }",
        "id: { type: string, format: uuid, maxLength: 36 }",
      ],
    ],
  ],
  ["a limit that the listed value never meets", [[KIND, "kind: { const: bed, maxLength: 12 }"]]],
  ["examples", [[READ, READ.replace("B-2", "B-3")]]],
  [
    "unevaluatedProperties where additionalProperties stood",
    [
      [
        "BedCreate:\n      type: object\n      additionalProperties: false",
        "BedCreate:\n      type: object\n      unevaluatedProperties: false",
      ],
    ],
  ],
  [
    "properties over two schemas",
    [
      [`        ${KIND}\n`, ""],
      [
        "BedCreate:\n      type: object\n      additionalProperties: false",
        "BedCreate:\n      allOf: [{ properties: { kind: { const: bed } } }]\n      type: object\n      unevaluatedProperties: false",
      ],
    ],
  ],
];

describe("values that partners send and read", () => {
  it.each(CASES)("%s", async (_what, edits, rule, line) => {
    const head = editContract(...edits);
    const lines = linesOf(await judgeWard(head), rule, head);
    expect(lines).toEqual([expect.stringContaining(line)]);
    expect(lines[0]).toMatch(/^openapi\/ward.yaml: /);
  });

  it.each(HARMLESS)("%s breaks nobody and adds nothing", async (_what, edits) => {
    const { findings, verdict } = await judgeWard(editContract(...edits));
    const rules = findings.map(({ rule }) => rule).filter((rule) => !rule.startsWith("apim/"));
    expect(rules.filter((rule) => rule !== "compatible/documentation")).toEqual([]);
    expect(["none", "patch"]).toContain(verdict);
  });

  it("takes a default that is changed or gone for a breaking change", async () => {
    const said = editContract([QUERY, QUERY.replace("9", "9, default: 1")]);
    const changed = editContract([QUERY, QUERY.replace("9", "9, default: 2")]);
    const rule = "breaking/request-default-changed";
    expect(linesOf(await judgeWard(changed, said), rule, changed)).toEqual([
      `openapi/ward.yaml: ${QUERY.replace("9", "9, default: 2")}`,
    ]);
    const gone = await judgeWard({ "openapi/ward.yaml": editContract()["openapi/ward.yaml"] ?? null }, said);
    expect(gone.findings.map((finding) => finding.rule)).toContain(rule);
  });

  it("takes a property more for an addition where clients were told to be ready for it", async () => {
    const more: Edit = [READ, `${READ}\n        floor: { type: integer, minimum: 0, maximum: 9 }`];
    const told: Edit = [
      "  summary: Beds of a ward.",
      "  summary: Beds of a ward.\n  description: Clients ignore properties that they do not know.",
    ];
    const report = await judgeWard(editContract(more, told), editContract(told));
    expect(report.findings.map(({ rule }) => rule)).toContain("compatible/response-property-added");
    expect(report.verdict).toBe("minor");
    expect((await judgeWard(editContract(more, told))).verdict).toBe("major");
    const open: Edit = [
      "Bed:\n      type: object\n      additionalProperties: false",
      "Bed:\n      type: object",
    ];
    expect((await judgeWard(editContract(more, open), editContract(open))).verdict).toBe("minor");
  });

  it("proves patterns compatible that have the same texts, or more of them", async () => {
    const digits = (pattern: string): ProjectFiles =>
      editContract([CREATE, CREATE.replace(" }", `, pattern: "${pattern}" }`)]);
    const same = await judgeWard(digits("^[0-9]{2}$"), digits(String.raw`^\\d\\d$`));
    expect(same.verdict).toBe("patch");
    const wider = await judgeWard(digits("^[0-9a-f]{2}$"), digits("^[0-9]{2}$"));
    expect(wider.findings[0]).toMatchObject({ rule: "diff/version" });
    expect(wider.verdict).toBe("minor");
    const narrower = await judgeWard(digits("^[0-9]{2}$"), digits("^[0-9a-f]{2}$"));
    expect(narrower.findings[0]).toMatchObject({
      rule: "breaking/request-property-narrowed",
      message: "pattern of label ^[0-9a-f]{2}$ → ^[0-9]{2}$ rejects what partners may send [createBed]",
    });
  });

  it("says when a change of a pattern cannot be proved compatible, in either direction", async () => {
    const base = editContract([CREATE, CREATE.replace(" }", ", pattern: ^B }")]);
    const head = editContract([CREATE, CREATE.replace(" }", ', pattern: "^(?!A)" }')]);
    const [finding] = (await judgeWard(head, base)).findings;
    expect(finding).toMatchObject({
      rule: "breaking/request-property-narrowed",
      message: "pattern of label ^B → ^(?!A) cannot be proved compatible [createBed]",
    });
  });

  it("lets a list of values grow in an answer only when its description said before that it would", async () => {
    const list = (description: string, values: string): Edit[] => [
      [READ, `label: { type: string, maxLength: 5, description: ${description}, enum: [${values}] }`],
    ];
    const grown = await judgeWard(
      editContract(...list("The label.", "A, B")),
      editContract(...list("The label.", "A")),
    );
    expect(grown.findings[0]).toMatchObject({ rule: "breaking/response-value-added", severity: "error" });
    const foreseen = "More values may follow.";
    const expected = await judgeWard(
      editContract(...list(foreseen, "A, B")),
      editContract(...list(foreseen, "A")),
    );
    expect(expected.findings.map(({ rule }) => rule)).toContain("compatible/response-value-added");
    expect(expected.verdict).toBe("minor");
    const tooLate = await judgeWard(
      editContract(...list(foreseen, "A, B")),
      editContract(...list("The label.", "A")),
    );
    expect(tooLate.verdict).toBe("major");
  });

  it("tells a reference that leads elsewhere at the reference, when what it leads to is as it was", async () => {
    const short: Edit = [
      "  examples:\n    Bed:",
      "    Short: { type: string, maxLength: 3 }\n  examples:\n    Bed:",
    ];
    const used: Edit = [CREATE, `${CREATE}\n        note: { $ref: "#/components/schemas/Short" }`];
    const base = editContract(short, used);
    const head = editContract(short, used, [
      "label: { type: string, minLength: 1, maxLength: 5 }",
      'label: { $ref: "#/components/schemas/Short" }',
    ]);
    const report = await judgeWard({ "openapi/ward.yaml": head["openapi/ward.yaml"] ?? "" }, base);
    expect(linesOf(report, "breaking/request-property-narrowed", head)).toEqual([
      'openapi/ward.yaml: label: { $ref: "#/components/schemas/Short" }',
    ]);
  });

  it("compares schemas that refer to themselves", async () => {
    const tree = (limit: number): Edit[] => [
      [KIND, `${KIND}\n        tree: { $ref: "#/components/schemas/Tree" }`],
      [
        "  examples:\n    Bed:",
        `    Tree:
      type: object
      additionalProperties: false
      properties:
        name: { type: string, maxLength: ${limit} }
        children: { type: array, maxItems: 3, items: { $ref: "#/components/schemas/Tree" } }
  examples:
    Bed:`,
      ],
    ];
    const report = await judgeWard(editContract(...tree(4)), editContract(...tree(5)));
    expect(report.findings[0]).toMatchObject({
      rule: "breaking/request-property-narrowed",
      message: "maxLength of Tree.name 5 → 4 rejects what partners may send [createBed]",
    });
  });

  it("names a shared schema once, with every operation that it reaches", async () => {
    const shared = { "openapi/shared/schemas.yaml": "" };
    const text =
      (await import("../../fixtures/ward-project.ts")).WARD_PROJECT["openapi/shared/schemas.yaml"] ?? "";
    shared["openapi/shared/schemas.yaml"] = text.replace("format: uuid, ", "");
    const { findings } = await judgeWard(shared);
    const broken = findings.filter(({ rule }) => rule.startsWith("breaking/"));
    expect(broken).toHaveLength(1);
    expect(broken[0]).toMatchObject({
      file: "openapi/shared/schemas.yaml",
      line: 1,
      message:
        "format of Id uuid → none lets partners get what they do not know (was openapi/shared/schemas.yaml:1) [listBeds, createBed, readBed]",
    });
  });
});
