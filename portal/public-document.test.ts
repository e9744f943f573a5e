import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "./json.ts";
import { publicDocument } from "./public-document.ts";

const reference = (schema: string): JsonObject => ({
  content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } },
});

const document: JsonObject = {
  openapi: "3.1.0",
  info: { title: "Shop", version: "1.0.0" },
  "x-apim-products": ["partner"],
  tags: [{ name: "Open" }, { name: "Hidden" }],
  paths: {
    "/shop": {
      get: {
        operationId: "readShop",
        tags: ["Open"],
        "x-audit": { action: "read" },
        "x-apim-policies": [{ "rate-limit": {} }],
        responses: {
          "200": {
            ...reference("Shop"),
            links: { next: { operationId: "readShop" }, secret: { operationId: "closeShop" } },
          },
        },
      },
      delete: {
        operationId: "closeShop",
        tags: ["Hidden"],
        "x-internal": true,
        responses: { "200": reference("Receipt") },
      },
    },
    "/ledger": {
      post: { operationId: "writeLedger", "x-internal": true, responses: { "200": reference("Receipt") } },
    },
  },
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "Key" } },
    schemas: {
      Shop: { type: "object", properties: { owner: { $ref: "#/components/schemas/Owner" } } },
      Owner: { type: "string", examples: [{ "x-audit": "kept, it is data" }] },
      Receipt: { type: "string" },
      Loop: { $ref: "#/components/schemas/Loop" },
    },
    responses: { Unused: { description: "nobody" } },
  },
};

describe("publicDocument", () => {
  const visible = publicDocument(document);
  const text = JSON.stringify(visible);

  it("leaves out internal operations, and paths that have no other", () => {
    expect(Object.keys(visible.paths as JsonObject)).toEqual(["/shop"]);
    expect(text).not.toContain("closeShop");
    expect(text).not.toContain("writeLedger");
  });

  it("leaves out schemas that only internal operations use, whole sections, and tags of nothing", () => {
    const components = visible.components as JsonObject;
    expect(Object.keys(components)).toEqual(["securitySchemes", "schemas"]);
    expect(Object.keys(components.schemas as JsonObject)).toEqual(["Shop", "Owner"]);
    expect(visible.tags).toEqual([{ name: "Open" }]);
  });

  it("leaves out how the platform is run, but touches no example", () => {
    expect(text).not.toContain("x-apim");
    expect(text.match(/x-audit/g)).toHaveLength(1);
    expect(text).toContain("kept, it is data");
  });

  it("leaves the document itself as it was", () => {
    expect(JSON.stringify(document)).toContain("writeLedger");
  });
});
