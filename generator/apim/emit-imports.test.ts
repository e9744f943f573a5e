import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { editWard } from "../fixtures/project.ts";
import { isList, isObject, objectAt, type Json, type JsonObject } from "../load/json.ts";
import { Sources } from "../load/sources.ts";
import { buildModel } from "../model/build-model.ts";
import { emitImports } from "./emit-imports.ts";
import { emitWardImports as emitWard } from "./fixtures/emit-ward-imports.ts";

const parse = (content: string | undefined): JsonObject => JSON.parse(content ?? "{}") as JsonObject;

/** Every object of a document with the path to it; what examples hold is a client's, not the contract's. */
function* walk(node: Json, path = ""): Generator<[string, JsonObject]> {
  if (isList(node)) for (const [index, item] of node.entries()) yield* walk(item, `${path}/${index}`);
  if (!isObject(node)) return;
  yield [path, node];
  for (const [key, value] of Object.entries(node)) if (key !== "value") yield* walk(value, `${path}/${key}`);
}

/** What must hold of anything that APIM imports. */
function expectImportable(document: JsonObject): void {
  expect(document.openapi).toBe("3.0.3");
  const schemas = objectAt(objectAt(document, "components"), "schemas");
  expect(Object.keys(objectAt(document, "components"))).toEqual(["schemas"]);
  for (const [path, node] of walk(document)) {
    for (const key of Object.keys(node))
      expect(`${path} ${key}`).not.toMatch(/ (x-[^ ]*|links|security|const|\$defs|callbacks|servers)$/);
    expect(isList(node.type)).toBe(false);
    expect(typeof node.exclusiveMinimum).not.toBe("number");
    const ref = node.$ref;
    if (typeof ref !== "string") continue;
    expect(Object.keys(node)).toEqual(["$ref"]);
    expect(schemas).toHaveProperty([ref.replace("#/components/schemas/", "")]);
    expect(path).toMatch(/\/content\/[^/]*\/[^/]*\/schema$|^\/components\/schemas\//);
  }
  for (const [path, node] of walk(objectAt(document, "paths"))) {
    if (/\/content\/application\/[^/]*\/schema$/.test(path)) expect(Object.keys(node)).toEqual(["$ref"]);
  }
}

interface WrittenLoss {
  readonly source: string;
  readonly where: string;
  readonly lost: string;
  readonly enforcedBy: string;
}

const readLosses = (content: string | undefined): readonly WrittenLoss[] =>
  parse(content).losses as unknown as WrittenLoss[];

describe("an import document", () => {
  it("is what APIM imports without complaint", () => {
    const outputs = emitWard();
    const document = parse(outputs.get("apim/apis/ward/import.json"));
    expectImportable(document);
    expect(Object.keys(objectAt(document, "paths"))).toEqual(["/beds", "/beds/{bedId}"]);
    expect(objectAt(document, "info")).toEqual({
      title: "Ward API",
      version: "1.2.3",
      license: { name: "MIT" },
    });
    expect(objectAt(objectAt(document, "components"), "schemas")).toHaveProperty("ListBedsResponse200");
  });

  it("keeps what the gateway answers by itself", () => {
    const document = parse(emitWard().get("apim/apis/ward/import.json"));
    const responses = objectAt(objectAt(objectAt(objectAt(document, "paths"), "/beds"), "post"), "responses");
    expect(objectAt(responses, "429").content).toEqual({
      "application/json": { schema: { $ref: "#/components/schemas/GatewayError" } },
    });
  });

  it("comes with what APIM does not see, the line, the place and what stands for it", () => {
    const losses = readLosses(emitWard().get("apim/apis/ward/provenance.json"));
    const found = losses.map(({ source, where, lost }) => `${source} ${where} ${lost}`);
    expect(found).toContain("openapi/ward.yaml:84:7 sweep operation sweep (x-internal)");
    expect(found).toContain(
      "openapi/ward.yaml:99:54 components/schemas/BedCreate/properties/since/x-not-after-today schema keyword x-not-after-today",
    );
    expect(found).toContain("openapi/ward.yaml:8:1 security security");
    expect(losses.every(({ enforcedBy }) => enforcedBy.length > 0)).toBe(true);
  });

  it("gives every inline schema a name of its own, whatever names there are", () => {
    const contract = editWard(
      "    BedCreate:",
      "    ListBedsResponse200: { type: string, maxLength: 1 }\n    BedCreate:",
    );
    const document = parse(emitWard(contract).get("apim/apis/ward/import.json"));
    const schemas = objectAt(objectAt(document, "components"), "schemas");
    expect(schemas).toHaveProperty("ListBedsResponse2002.type", "array");
    expect(schemas).not.toHaveProperty("ListBedsResponse200");
  });
});

describe("a contract that APIM cannot import is refused, in the line", () => {
  it("when schemas run in a circle, naming the circle", () => {
    const files = editWard("kind: { const: bed }", 'kind: { $ref: "#/components/schemas/BedCreate" }');
    expect(() => emitWard(files)).toThrow(
      "openapi/ward.yaml:101:17  error  apim/recursive-schema  APIM imports no recursion: BedCreate → BedCreate",
    );
  });

  it("when they do so by way of others", () => {
    const files = editWard(
      "kind: { const: bed }",
      'kind: { type: array, maxItems: 2, items: { $ref: "#/components/schemas/Bed" } }',
    );
    const contract = (files["openapi/ward.yaml"] ?? "").replace(
      "label: { type: string, maxLength: 5, examples: [B-1, B-2] }",
      'label: { $ref: "#/components/schemas/BedCreate" }',
    );
    expect(() => emitWard({ "openapi/ward.yaml": contract })).toThrow(
      /APIM imports no recursion: Bed(Create)? → Bed(Create)? → Bed(Create)?$/m,
    );
  });

  it("when a schema of a parameter does", () => {
    const files = editWard(
      "schema: { type: array, maxItems: 3, items: { type: string, maxLength: 5 } }",
      'schema: { $ref: "#/components/schemas/Nest" }',
    );
    const nest =
      '    Nest: { type: array, items: { type: string, not: { $ref: "#/components/schemas/Nest" } } }\n    BedCreate:';
    const contract = (files["openapi/ward.yaml"] ?? "").replace("    BedCreate:", nest);
    expect(() => emitWard({ "openapi/ward.yaml": contract })).toThrow(
      "APIM imports no recursion: Nest → Nest",
    );
  });

  it("when a schema has no name for one", () => {
    const files = editWard("    BedCreate:", "    Bed Create: { type: string }\n    BedCreate:");
    const contract = (files["openapi/ward.yaml"] ?? "").replace(
      "kind: { const: bed }",
      'kind: { $ref: "#/components/schemas/Bed Create" }',
    );
    expect(() => emitWard({ "openapi/ward.yaml": contract })).toThrow(
      "error  apim/schema-name  Bed Create is no name for a schema",
    );
  });

  it("when it is larger than 4 MB, in bytes", () => {
    // Each of these letters takes two bytes.
    const files = editWard("summary: List beds", `summary: List beds\n      x-codeSamples: []`);
    const contract = (files["openapi/ward.yaml"] ?? "").replace(
      "description: Beds.",
      `description: ${"é".repeat(2_200_000)}`,
    );
    expect(() => emitWard({ "openapi/ward.yaml": contract })).toThrow(
      "openapi/ward.yaml:1:1  error  apim/import-size  APIM imports at most 4 MB inline, this is 4.2 MB",
    );
  });

  it("with every reason at once", () => {
    const files = editWard("kind: { const: bed }", 'kind: { $ref: "#/components/schemas/BedCreate" }');
    const contract = (files["openapi/ward.yaml"] ?? "").replace(
      "label: { type: string, maxLength: 5, examples: [B-1, B-2] }",
      'label: { $ref: "#/components/schemas/Bed" }',
    );
    expect(() => emitWard({ "openapi/ward.yaml": contract })).toThrow(
      /Bed → Bed[^]*BedCreate → BedCreate|BedCreate → BedCreate[^]*Bed → Bed/,
    );
  });
});

describe("a body that is sent line by line", () => {
  const lines = editWard(
    "            application/json:\n              schema: { type: array, maxItems: 10,",
    "            application/x-ndjson:\n              schema: { type: array, maxItems: 10,",
  );

  it("keeps its media type and the schema of a line, which APIM takes for that of the whole body", () => {
    const outputs = emitWard(lines);
    const document = parse(outputs.get("apim/apis/ward/import.json"));
    expectImportable(document);
    expect(JSON.stringify(document)).toContain(
      '"application/x-ndjson":{"schema":{"$ref":"#/components/schemas/ListBedsResponse200"}',
    );
    const losses = readLosses(outputs.get("apim/apis/ward/provenance.json"));
    expect(losses.filter(({ lost }) => lost.includes("each line"))).toEqual([
      {
        source: "openapi/ward.yaml:31:15",
        where: "listBeds/responses/200/content/application/x-ndjson/schema",
        lost: "that the schema is of each line",
        enforcedBy: expect.stringContaining("runtime/streamed-body.ts"),
      },
    ]);
  });

  it("is no loss where it is JSON", () => {
    const losses = readLosses(emitWard().get("apim/apis/ward/provenance.json"));
    expect(losses.filter(({ lost }) => lost.includes("each line"))).toEqual([]);
  });
});

describe("this project's own contracts", () => {
  it("are importable, and each loss is told in its line", () => {
    const root = join(import.meta.dirname, "../..");
    const outputs = emitImports(buildModel(new Sources(root)));
    const imports = outputs.filter(({ path }) => path.endsWith("/import.json"));
    expect(imports.length).toBeGreaterThan(0);
    for (const { content } of imports) expectImportable(parse(content));
    expect(imports.map(({ content }) => content).join()).not.toMatch(/appendAuditRecords|createAuditRecord/);
    for (const { path, content } of outputs) {
      if (path.endsWith("/provenance.json")) for (const loss of readLosses(content)) expectInLine(loss, root);
    }
  });
});

/** The line names what gets lost, or, for a component as a whole, is one of its own. */
function expectInLine({ source, where, lost }: WrittenLoss, root: string): void {
  const [file = "", line = "", column = ""] = source.split(":");
  const text = readFileSync(join(root, file), "utf8").split("\n")[Number(line) - 1] ?? "";
  const key = lost.startsWith("operation ") ? "operationId" : (where.split("/").at(-1) ?? "");
  const word = lost.startsWith("components.") ? "" : key;
  expect(`${source} ${text.slice(Number(column) - 1)}`).toContain(`${source} ${word}`);
}
