import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { emitWard } from "../fixtures/emitted.ts";
import { editWard, removeProjects } from "../fixtures/project.ts";
import { generate } from "../generate.ts";
import { isList, isObject, objectAt, type Json, type JsonObject } from "../load/json.ts";
import type { Loss } from "./losses.ts";

afterAll(removeProjects);

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
      expect(`${path}/${key}`).not.toMatch(/\/(x-[^/]*|links|security|const|\$defs)$/);
    expect(isList(node.type)).toBe(false);
    expect(typeof node.exclusiveMinimum).not.toBe("number");
    const ref = node.$ref;
    if (typeof ref !== "string") continue;
    expect(Object.keys(node)).toEqual(["$ref"]);
    expect(schemas).toHaveProperty([ref.replace("#/components/schemas/", "")]);
    expect(path).toMatch(
      /\/content\/[^/]*\/[^/]*\/schema$|\/content\/application\/problem\+json\/schema$|^\/components\/schemas\//,
    );
  }
  for (const [path, node] of walk(objectAt(document, "paths"))) {
    if (/\/content\/application\/[^/]*\/schema$/.test(path)) expect(Object.keys(node)).toEqual(["$ref"]);
  }
}

describe("an import document", () => {
  it("is what APIM imports without loss or complaint", async () => {
    const outputs = await emitWard();
    const document = parse(outputs.get("apim/apis/ward/import.json"));
    expectImportable(document);
    expect(Object.keys(objectAt(document, "paths"))).toEqual(["/beds", "/beds/{bedId}"]);
    expect(objectAt(document, "info")).toEqual({
      title: "Ward API",
      description: "",
      version: "1.2.3",
      license: { name: "MIT" },
    });
    expect(objectAt(objectAt(document, "components"), "schemas")).toHaveProperty("ListBedsResponse200");
  });

  it("keeps what the gateway answers by itself", async () => {
    const document = parse((await emitWard()).get("apim/apis/ward/import.json"));
    const responses = objectAt(objectAt(objectAt(objectAt(document, "paths"), "/beds"), "post"), "responses");
    expect(objectAt(responses, "429").content).toEqual({
      "application/json": { schema: { $ref: "#/components/schemas/GatewayError" } },
    });
  });

  it("comes with what APIM does not see, the line, and what stands for it", async () => {
    const { losses } = parse((await emitWard()).get("apim/apis/ward/provenance.json")) as unknown as {
      losses: Loss[];
    };
    const found = losses.map(({ source, lost }) => `${source} ${lost}`);
    expect(found).toContain("openapi/ward.yaml:84:7 operation sweep (x-internal)");
    expect(found).toContain("openapi/ward.yaml:99:54 schema keyword x-not-after-today");
    expect(found).toContain("openapi/ward.yaml:8:1 security");
    expect(losses.every(({ enforcedBy }) => enforcedBy.length > 0)).toBe(true);
  });

  it("is refused when schemas run in a circle, naming the circle", async () => {
    const files = editWard("kind: { const: bed }", 'kind: { $ref: "#/components/schemas/BedCreate" }');
    await expect(emitWard(files)).rejects.toThrow(
      "apim/recursive-schema  APIM imports no recursion: BedCreate → BedCreate",
    );
  });

  it("of this project's own contracts holds to the same", async () => {
    const outputs = await generate(join(import.meta.dirname, "../.."));
    const imports = outputs.filter(({ path }) => path.endsWith("/import.json"));
    expect(imports.length).toBeGreaterThan(0);
    for (const { content } of imports) expectImportable(parse(content));
    expect(imports.map(({ content }) => content).join()).not.toMatch(/appendAuditRecords|createAuditRecord/);
  });
});
