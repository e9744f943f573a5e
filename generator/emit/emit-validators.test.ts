import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { emitWard } from "../fixtures/emitted.ts";
import { importModule } from "../fixtures/import-module.ts";
import { editWard, removeProjects } from "../fixtures/project.ts";

interface Validator {
  (data: unknown): boolean;
  errors?: readonly { instancePath: string; keyword: string; message?: string }[] | null;
}

const validators = new Map<string, Validator>();
let code = "";

beforeAll(async () => {
  const outputs = await emitWard();
  code = outputs.get("ward/validators.js") ?? "";
  for (const [name, value] of Object.entries(await importModule(code)))
    validators.set(name, value as Validator);
});
afterAll(removeProjects);

/** What a validator finds: `/body/label maxLength`. */
function findings(name: string, data: unknown): string[] {
  const validate = validators.get(name);
  if (!validate) throw new Error(`there is no ${name}`);
  const isValid = validate(data);
  const found = (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
  expect(isValid).toBe(found.length === 0);
  return found;
}

const today = "2026-11-20";
const empty = { path: {}, query: {}, headers: {}, today };
const create = (body: unknown) => findings("createBedRequest", { ...empty, body });
const bed = { label: "B-1", since: "2020" };

describe("the emitted validators", () => {
  it("are one for each request and each status of an app", () => {
    expect([...validators.keys()].sort()).toEqual([
      "createBedRequest",
      "createBedResponse201",
      "createBedResponse400",
      "createBedResponse404",
      "listBedsRequest",
      "listBedsResponse200",
      "listBedsResponse400",
      "readBedRequest",
      "readBedResponse200",
      "readBedResponse304",
      "readBedResponse404",
      "sweepRequest",
      "sweepResponse204",
    ]);
  });

  it("ask for no compiler and hold each shared schema once", () => {
    expect(code).not.toContain("require(");
    expect([...code.matchAll(/from "([^"]*)"/g)].map(([, path]) => path)).toEqual([
      "ajv/dist/runtime/ucs2length.js",
    ]);
    expect([...code.matchAll(/must match format "uuid"/g)]).toHaveLength(1);
    expect(validators.get("createBedResponse404")).toBe(validators.get("readBedResponse404"));
  });

  it("admit what the contract admits", () => {
    expect(create(bed)).toEqual([]);
    expect(create({ label: "B-1", since: "2026-11-20", floor: null, kind: "bed" })).toEqual([]);
    expect(
      findings("listBedsRequest", {
        ...empty,
        query: { floor: 3, label: ["a", "b"] },
        headers: { accept: "*/*" },
      }),
    ).toEqual([]);
    expect(findings("sweepRequest", empty)).toEqual([]);
  });

  it("name everything that is wrong at once", () => {
    expect(create({ label: "", floor: 0, kind: "chair", more: 1 })).toEqual([
      "/body required",
      "/body additionalProperties",
      "/body/label minLength",
      "/body/floor exclusiveMinimum",
      "/body/kind const",
    ]);
  });

  it.each([
    ["no body", undefined, ["  required"]],
    ["null", null, ["/body type"]],
    ["a list", [], ["/body type"]],
    [
      "a prototype as a property",
      JSON.parse('{"label":"a","since":"2020","__proto__":{"x":1}}') as unknown,
      ["/body additionalProperties"],
    ],
    ["a name of Object's", { ...bed, constructor: 1, toString: 1 }, ["/body additionalProperties"]],
    ["five characters that are ten units", { ...bed, label: "😀😀😀😀😀" }, []],
    ["tomorrow", { ...bed, since: "2026-11-21" }, ["/body/since x-not-after-today"]],
    ["next month", { ...bed, since: "2026-12" }, ["/body/since x-not-after-today"]],
    ["this month", { ...bed, since: "2026-11" }, []],
    ["next year", { ...bed, since: "2027" }, ["/body/since x-not-after-today"]],
    ["no day of the calendar", { ...bed, since: "2025-02-29" }, ["/body/since format"]],
    ["a line break after the date", { ...bed, since: "2020\n" }, ["/body/since format"]],
  ])("judge a body of %s", (_what, body, expected) => {
    const data = body === undefined ? empty : { ...empty, body };
    expect(findings("createBedRequest", data)).toEqual(expected.map((one) => one.replace(/^ +/, " ")));
  });

  it("report one of any number of unknown members, and everything else that is wrong", () => {
    const unknown = Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`m${index}`, index]));
    expect(create({ label: "", ...unknown, floor: 0 })).toEqual([
      "/body required",
      "/body additionalProperties",
      "/body/label minLength",
      "/body/floor exclusiveMinimum",
    ]);
    expect(create({ ...bed, more: 1 })).toEqual(["/body additionalProperties"]);
    expect(create(bed)).toEqual([]);
  });

  it("refuse a query parameter that the contract has not, and let headers pass", () => {
    const request = { ...empty, query: { flor: "1" }, headers: { "x-anything": "1" } };
    expect(findings("listBedsRequest", request)).toEqual(["/query additionalProperties"]);
  });

  it("judge a path by its own rule", () => {
    const read = (bedId: string) => findings("readBedRequest", { ...empty, path: { bedId } });
    expect(read("0198C0DE-0000-7000-8000-000000000001")).toEqual([]);
    expect(read("0198c0de-0000-7000-8000-00000000000g")).toEqual(["/path/bedId format"]);
    expect(findings("readBedRequest", empty)).toEqual(["/path required"]);
  });

  it("judge a response by its body and its headers", () => {
    const body = { id: "0198c0de-0000-7000-8000-000000000001", label: "B-1" };
    expect(findings("createBedResponse201", { headers: { etag: '"1"' }, body })).toEqual([]);
    expect(findings("createBedResponse201", { headers: {}, body: { ...body, secret: 1 } })).toEqual([
      "/headers required",
      "/body additionalProperties",
    ]);
    expect(findings("readBedResponse304", { headers: {}, body })).toEqual(["/body false schema"]);
    expect(findings("sweepResponse204", { headers: {} })).toEqual([]);
    expect(findings("sweepResponse204", { headers: { "x-more": "1", etag: '"1"' } })).toEqual([
      "/headers additionalProperties",
    ]);
  });

  it.each([
    ["an unknown keyword", "kind: { const: bed }", "kind: { cnost: bed }", '"cnost"'],
    ["an unknown format", "format: uuid, maxLength", "format: uuuid, maxLength", '"uuuid"'],
    [
      "a pattern that is none",
      "kind: { const: bed }",
      'kind: { type: string, pattern: "(" }',
      "Invalid regular expression",
    ],
    [
      "a keyword of another type",
      "kind: { const: bed }",
      "kind: { type: string, minimum: 1 }",
      'missing type "number"',
    ],
  ])("are not emitted from a schema with %s", async (_what, search, replacement, message) => {
    const shared =
      "Id: { type: string, format: uuuid, maxLength: 36 }\nProblem: { type: object }\nGatewayError: { type: object }\n";
    const files = search.startsWith("format")
      ? { "openapi/shared/schemas.yaml": shared }
      : editWard(search, replacement);
    const line = expect(emitWard(files)).rejects;
    await line.toThrow(/^openapi\/(ward|shared\/schemas)\.yaml:\d+:\d+ {2}error {2}schema\/invalid/);
    await expect(emitWard(files)).rejects.toThrow(message);
  });
});
