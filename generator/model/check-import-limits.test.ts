import { describe, expect, it } from "@jest/globals";
import { wardModel } from "../apim/fixtures/emit-ward-imports.ts";
import { ContractError } from "../finding.ts";
import { editWard } from "../fixtures/project.ts";

/** What the ward with one edit is refused for, a line each. */
function refusals(search: string, replacement: string): string[] {
  try {
    wardModel(editWard(search, replacement));
    return [];
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.message.split("\n");
  }
}

const long = (length: number): string => "a".repeat(length);
const PARAMETER = "        - name: floor\n          in: query\n";
const OPERATION = `      responses:
        "204": { description: None. }
`;

/** Another operation, before the sweep. */
function operation(path: string, method: string, operationId: string, more = ""): [string, string] {
  const audit = "      x-audit: { action: read, resource: bed, id: null }\n";
  const text = `  ${path}:\n    ${method}:\n      operationId: ${operationId}\n${audit}${more}${OPERATION}`;
  return ["  /sweep:\n", `${text}  /sweep:\n`];
}

describe("what APIM would not import as it is meant is refused, in its line", () => {
  it.each<[string, [string, string], string]>([
    [
      "a title of more than 300 characters",
      ["title: Ward API", `title: ${long(301)}`],
      "openapi/ward.yaml:3:3  error  apim/title  APIM takes at most 300 characters here, these are 301",
    ],
    [
      "a summary of more than 300",
      ["summary: List beds", `summary: ${long(301)}`],
      "openapi/ward.yaml:14:7  error  apim/summary  APIM takes at most 300",
    ],
    [
      "a description of more than 1,000",
      ["summary: List beds", `summary: List beds\n      description: ${long(1001)}`],
      "openapi/ward.yaml:15:7  error  apim/description  APIM takes at most 1000",
    ],
    [
      "a tag of more than 160",
      ["tags: [Beds]", `tags: [Beds, ${long(161)}]`],
      "openapi/ward.yaml:15:7  error  apim/tag  APIM takes at most 160",
    ],
    [
      "a path of more than 1,000 below that of the API",
      operation(`/ward/${long(1000)}`, "get", "other"),
      "openapi/ward.yaml:82:3  error  apim/url-template  APIM takes at most 1000 characters here, these are 1001",
    ],
    [
      "an operation of method TRACE",
      operation("/ward/trace", "trace", "traceBed"),
      "openapi/ward.yaml:84:7  error  apim/method  APIM imports no operation of method TRACE",
    ],
    [
      "a GET with a body",
      operation(
        "/ward/find",
        "get",
        "findBed",
        "      requestBody: { content: { application/json: { schema: { type: object } } } }\n",
      ),
      "openapi/ward.yaml:86:7  error  apim/body  APIM discards the body of a GET",
    ],
    [
      "a required query parameter",
      [PARAMETER, `${PARAMETER}          required: true\n`],
      "openapi/ward.yaml:18:11  error  apim/required-query-parameter  floor would become part of the path",
    ],
    [
      "a query parameter with the name of a path parameter, in another case",
      [
        "        - name: If-None-Match\n          in: header\n",
        "        - { name: BEDID, in: query, schema: { type: string, maxLength: 5 } }\n        - name: If-None-Match\n          in: header\n",
      ],
      "apim/parameter-name  BEDID is also a path parameter: in APIM names in a URL differ in more than their case",
    ],
    [
      "a list in one value",
      [PARAMETER, `${PARAMETER}          explode: false\n`],
      "openapi/ward.yaml:20:11  error  apim/parameter-style  APIM reads a query parameter with explode true only",
    ],
    [
      "a list between pipes",
      [PARAMETER, `${PARAMETER}          style: pipeDelimited\n`],
      "openapi/ward.yaml:20:11  error  apim/parameter-style  APIM reads a query parameter with style form only",
    ],
    [
      "a style of a parameter of the path",
      ["x-invalid-status: 400", "x-invalid-status: 400\n        style: matrix"],
      "openapi/ward.yaml:65:9  error  apim/parameter-style  APIM reads a path parameter with style simple only",
    ],
    [
      "paths that differ in the name of a parameter",
      operation(
        "/ward/BEDS/{id}/",
        "get",
        "readAgain",
        "      parameters: [{ name: id, in: path, required: true, x-invalid-status: 400, schema: { type: string, maxLength: 5 } }]\n",
      ),
      "openapi/ward.yaml:82:3  error  apim/duplicate-signature  APIM cannot tell GET /ward/BEDS/{id}/ from /ward/beds/{bedId} of readBed",
    ],
    [
      "an API under a parameter",
      [
        "  /sweep:\n    post:\n      operationId: sweep\n      summary: Sweep\n      x-internal: true\n",
        "  /{ward}/x:\n    get:\n      operationId: x\n",
      ],
      "apim/path",
    ],
  ])("%s", (_what, [search, replacement], finding) => {
    expect(refusals(search, replacement).join("\n")).toContain(finding);
  });

  it("two operations that are one in 76 characters, whatever else is wrong with them", () => {
    const contract = editWard("operationId: listBeds", `operationId: ${long(76)}x`);
    const again = (contract["openapi/ward.yaml"] ?? "").replace(
      "operationId: readBed\n",
      `operationId: ${long(76)}y\n`,
    );
    expect(() => wardModel({ "openapi/ward.yaml": again })).toThrow(
      /ward\.yaml:67:7 {2}error {2}apim\/name-collision {2}a{76}y is called a{76} in APIM, as is a{76}x of line 13/,
    );
    expect(refusals("operationId: readBed\n", "operationId: list-beds\n").join("\n")).not.toContain(
      "name-collision",
    );
    expect(refusals("operationId: readBed\n", "operationId: LISTBEDS\n").join("\n")).toContain(
      "apim/name-collision  LISTBEDS is called listbeds in APIM, as is listBeds of line 13",
    );
  });

  it("but not what just fits", () => {
    expect(refusals("title: Ward API", `title: ${long(300)}`)).toEqual([]);
    expect(refusals("summary: List beds", `summary: ${long(300)}\n      description: ${long(1000)}`)).toEqual(
      [],
    );
    expect(refusals("tags: [Beds]", `tags: [${long(160)}]`)).toEqual([]);
    expect(refusals(...operation(`/ward/${long(999)}`, "get", "other"))).toEqual([]);
    expect(refusals(PARAMETER, `${PARAMETER}          style: form\n          explode: true\n`)).toEqual([]);
  });

  it("and nothing of internal operations, which it never imports", () => {
    expect(refusals("summary: Sweep", `summary: ${long(301)}\n      description: ${long(1001)}`)).toEqual([]);
  });
});
