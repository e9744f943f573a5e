import { stripTypeScriptTypes } from "node:module";
import { afterAll, describe, expect, it } from "@jest/globals";
import { emitWard } from "../fixtures/emitted.ts";
import { editWard, removeProjects } from "../fixtures/project.ts";

afterAll(removeProjects);

/** The type of one operation, without white space. */
async function typeOf(operationId: string, files = {}): Promise<string> {
  const types = (await emitWard(files)).get("ward/types.ts") ?? "";
  const [, rest = ""] = types.split(`\n  ${operationId}: {`);
  return rest.slice(0, rest.indexOf("\n  };")).replaceAll(/\/\*\*.*?\*\/|\s+/gs, "");
}

describe("the emitted types", () => {
  it("say what a handler takes", async () => {
    expect(await typeOf("listBeds")).toContain(
      "request:{path:Record<never,never>;query:{floor?:number;label?:string[];};headers:Record<never,never>;body:undefined;}",
    );
    expect(await typeOf("readBed")).toContain(
      'request:{path:{bedId:components["schemas"]["Id"];};query:Record<never,never>;headers:{"if-none-match"?:string;};body:undefined;}',
    );
  });

  it("say what a handler returns: the statuses that are no problems", async () => {
    expect(await typeOf("createBed")).toContain(
      'body:components["schemas"]["BedCreate"];};response:{status:201;headers:{etag:string;};body:components["schemas"]["Bed"];};',
    );
    expect(await typeOf("readBed")).toContain(
      'response:|{status:200;headers?:never;body:components["schemas"]["Bed"];}|{status:304;headers?:never;body?:never;};',
    );
    expect(await typeOf("listBeds")).toContain(
      'response:{status:200;headers?:{link?:string;};body:components["schemas"]["Bed"][];};',
    );
    expect(await typeOf("sweep")).toContain("response:{status:204;headers?:never;body?:never;};");
  });

  it("say that what is answered line by line is given line by line", async () => {
    const lines = (schema: string) =>
      editWard(
        '            application/json:\n              schema: { type: array, maxItems: 10, items: { $ref: "#/components/schemas/Bed" } }',
        `            application/x-ndjson:\n              schema: ${schema}`,
      );
    expect(await typeOf("listBeds", lines('{ $ref: "#/components/schemas/Bed" }'))).toContain(
      'response:{status:200;headers?:{link?:string;};body:AsyncIterable<components["schemas"]["Bed"]>;};',
    );
    expect(await typeOf("listBeds", lines("{ type: integer, minimum: 0, maximum: 9 }"))).toContain(
      "body:AsyncIterable<number>;};",
    );
    const inline =
      "{ type: object, required: [floor], properties: { floor: { type: integer, maximum: 9 } } }";
    expect(await typeOf("listBeds", lines(inline))).toContain("body:AsyncIterable<{floor:number;}>;};");
  });

  it("say that an optional body may be missing", async () => {
    const files = editWard("        required: true\n        x-max-bytes", "        x-max-bytes");
    expect(await typeOf("createBed", files)).toContain('body:components["schemas"]["BedCreate"]|undefined;');
  });

  it("name every operation and its handler", async () => {
    const types = (await emitWard()).get("ward/types.ts") ?? "";
    expect(types).toContain('export type OperationId = "listBeds" | "createBed" | "readBed" | "sweep";');
    expect(types).toContain('export type Reply<Id extends OperationId> = Operations[Id]["response"];');
    expect(types).toContain("export type Handlers<Context> = {");
  });

  it("can be erased, as can all that is emitted with them", async () => {
    for (const [path, content] of await emitWard()) {
      if (path.endsWith(".ts")) expect(() => stripTypeScriptTypes(content, { mode: "strip" })).not.toThrow();
    }
  });
});
