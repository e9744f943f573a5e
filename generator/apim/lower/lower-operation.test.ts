import { describe, expect, it } from "@jest/globals";
import { editWard } from "../../fixtures/project.ts";
import type { Json } from "../../load/json.ts";
import { emitWardImports } from "../fixtures/emit-ward-imports.ts";

interface Imported {
  /** The member of the import document at a path. */
  readonly at: (...path: readonly string[]) => Json | undefined;
  readonly lost: readonly string[];
}

/** What is imported of the ward with one edit, and what gets lost that did not before. */
function imported(search: string, replacement: string): Imported {
  const before = lossesOf(emitWardImports());
  const outputs = emitWardImports(editWard(search, replacement));
  const document = JSON.parse(outputs.get("apim/apis/ward/import.json") ?? "");
  return {
    at: (...path) => path.reduce((node, key) => node?.[key], document),
    lost: [...lossesOf(outputs)].filter((one) => !before.has(one)),
  };
}

function lossesOf(outputs: ReadonlyMap<string, string>): Set<string> {
  const { losses } = JSON.parse(outputs.get("apim/apis/ward/provenance.json") ?? "");
  return new Set(losses.map(({ where, lost }: { where: string; lost: string }) => `${where}: ${lost}`));
}

const LIST = ["paths", "/beds", "get"] as const;
const READ = ["paths", "/beds/{bedId}", "get"] as const;

describe("an operation, as APIM imports it", () => {
  it("has no responses but those with a number", () => {
    const { at, lost } = imported(
      '        "304": { description: Not modified. }\n',
      `        4XX: { $ref: shared/responses.yaml#/BadRequest }
        default: { $ref: shared/responses.yaml#/NotFound }
`,
    );
    expect(at(...READ, "responses")).not.toHaveProperty("4XX");
    expect(lost).toEqual([
      "readBed/responses/4XX: response 4XX",
      "readBed/responses/default: response default",
    ]);
  });

  it("has the parameters of its path, each but where it has one of its own", () => {
    const { at, lost } = imported(
      "        - name: If-None-Match\n          in: header\n",
      `        - { name: bedId, in: path, required: true, description: Own., x-invalid-status: 400, schema: { type: string, maxLength: 9 } }
        - name: If-None-Match
          in: header
`,
    );
    expect(at(...READ, "parameters")).toMatchObject([
      { name: "bedId", description: "Own." },
      { name: "If-None-Match" },
    ]);
    expect(lost).toEqual([
      "path of readBed/parameters/0: a parameter of the path",
      "readBed/parameters/path bedId/x-invalid-status: x-invalid-status",
    ]);
  });

  it("has schemas of parameters written out, however deep, with their type in sight", () => {
    const { at } = imported(
      "            Link: { schema: { type: string, maxLength: 100 } }\n",
      `            Link: { schema: { $ref: shared/schemas.yaml#/Id, description: One. } }
            Ids: { schema: { type: array, items: { $ref: shared/schemas.yaml#/Id } } }
`,
    );
    const id = { type: "string", format: "uuid", maxLength: 36 };
    expect(at(...LIST, "responses", "200", "headers")).toEqual({
      Link: { schema: { type: "string", description: "One.", allOf: [id] } },
      Ids: { schema: { type: "array", items: id } },
    });
    expect(at(...READ, "parameters", "0", "schema")).toEqual(id);
  });

  it("has one of the schema, however many media types a body has", () => {
    const { at } = imported(
      '            schema: { $ref: "#/components/schemas/BedCreate" }\n',
      `            schema: { type: object, maxProperties: 1 }
          application/merge-patch+json:
            schema: { type: object, maxProperties: 1 }
`,
    );
    expect(at("paths", "/beds", "post", "requestBody", "content")).toEqual({
      "application/json": { schema: { $ref: "#/components/schemas/CreateBedRequest" } },
      "application/merge-patch+json": { schema: { $ref: "#/components/schemas/CreateBedRequest" } },
    });
  });

  it("has what a reference says anew", () => {
    const { at, lost } = imported(
      '        "304": { description: Not modified. }\n',
      '        "409": { $ref: shared/responses.yaml#/NotFound, description: Anew., x: 1 }\n',
    );
    expect(at(...READ, "responses", "409", "description")).toBe("Anew.");
    expect(lost).toEqual([
      "components/responses/NotFound/description: description, where a reference says it anew",
      "readBed/responses/409/x: x beside a reference",
    ]);
  });

  it("has nothing that only describes, calls back or is of another kind", () => {
    const { at, lost } = imported(
      "      summary: List beds\n",
      `      summary: List beds
      deprecated: true
      externalDocs: { url: "https://ward.example" }
      servers: [{ url: "https://ward.example" }]
      callbacks: { done: { "{$request.query.url}": { post: { responses: {} } } } }
      x-codeSamples: []
`,
    );
    expect(Object.keys(Object(at(...LIST)))).toEqual([
      ...["operationId", "summary", "tags", "deprecated", "parameters", "responses"],
    ]);
    expect(lost).toEqual([
      "listBeds/deprecated: deprecated",
      "listBeds/externalDocs: externalDocs",
      "listBeds/servers: servers",
      "listBeds/callbacks: callbacks",
      "listBeds/x-codeSamples: x-codeSamples",
    ]);
  });

  it("has a header in a media type as text", () => {
    const { at, lost } = imported(
      "            Link: { schema: { type: string, maxLength: 100 } }\n",
      "            Link: { content: { application/json: { schema: { type: object } } }, style: simple }\n",
    );
    expect(at(...LIST, "responses", "200", "headers", "Link")).toEqual({ schema: { type: "string" } });
    expect(lost).toEqual([
      "listBeds/responses/200/headers/Link/content: header content",
      "listBeds/responses/200/headers/Link/style: header style",
    ]);
  });

  it("has one kind of example where both are written", () => {
    const { at, lost } = imported(
      '              examples:\n                bed: { $ref: "#/components/examples/Bed" }\n',
      '              example: 1\n              examples:\n                bed: { $ref: "#/components/examples/Bed", summary: Anew. }\n',
    );
    const media = Object(at("paths", "/beds", "post", "responses", "201", "content", "application/json"));
    expect(Object.keys(media).sort()).toEqual(["examples", "schema"]);
    expect(media.examples.bed).toMatchObject({ summary: "Anew.", value: { label: "B-1" } });
    expect(lost).toEqual(["createBed/responses/201/content/application/json/example: media type example"]);
  });
});
