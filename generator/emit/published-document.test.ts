import { afterAll, describe, expect, it } from "@jest/globals";
import { emitWard } from "../fixtures/emitted.ts";
import { removeProjects } from "../fixtures/project.ts";
import { objectAt, type JsonObject } from "../load/json.ts";

afterAll(removeProjects);

async function documentOf(): Promise<JsonObject> {
  return JSON.parse((await emitWard()).get("ward/openapi.json") ?? "") as JsonObject;
}

function responsesOf(document: JsonObject, path: string, method: string): JsonObject {
  return objectAt(objectAt(objectAt(objectAt(document, "paths"), path), method), "responses");
}

describe("the bundled document", () => {
  it("declares what the gateway refuses by itself, as its policies say", async () => {
    const document = await documentOf();
    expect(Object.keys(responsesOf(document, "/ward/beds", "get"))).toEqual([
      "200",
      "400",
      "401",
      "403",
      "404",
      "413",
      "414",
      "431",
      "500",
    ]);
    expect(Object.keys(responsesOf(document, "/ward/beds", "post"))).toEqual([
      "201",
      "400",
      "401",
      "403",
      "404",
      "413",
      "414",
      "429",
      "431",
      "500",
    ]);
    expect(Object.keys(responsesOf(document, "/sweep", "post"))).toEqual(["204"]);
  });

  it("keeps the app's answer beside the gateway's of the same status", async () => {
    const notFound = objectAt(responsesOf(await documentOf(), "/ward/beds/{bedId}", "get"), "404");
    expect(Object.keys(objectAt(notFound, "content"))).toEqual([
      "application/problem+json",
      "application/json",
    ]);
    expect(notFound.description).toBe("There is none.");
  });

  it("keeps internal operations, links and extensions", async () => {
    const text = JSON.stringify(await documentOf());
    for (const part of ["sweep", "links", "x-audit", "x-internal"]) expect(text).toContain(`"${part}"`);
  });
});
