import { describe, expect, it } from "@jest/globals";
import { editWard } from "../fixtures/project.ts";
import { WARD_PROJECT } from "../fixtures/ward-project.ts";
import { wardModel } from "./fixtures/emit-ward-imports.ts";
import { judgeImport } from "./judge-import.ts";

const CONTRACT = WARD_PROJECT["openapi/ward.yaml"] ?? "";

describe("judgeImport", () => {
  it("finds nothing in what APIM imports", () => {
    expect(judgeImport(wardModel())).toEqual([]);
  });

  it("finds what is only seen when the document is compiled, and throws nothing", () => {
    const files = editWard("kind: { const: bed }", 'kind: { $ref: "#/components/schemas/BedCreate" }');
    expect(judgeImport(wardModel(files))).toEqual([
      {
        ...{ file: "openapi/ward.yaml", line: 101, column: 17, severity: "error" },
        rule: "apim/recursive-schema",
        message: "APIM imports no recursion: BedCreate → BedCreate",
      },
    ]);
  });

  it("warns of more operations than some tiers take", () => {
    const operation = (index: number): string => `  /ward/o${index}:
    get:
      operationId: get${index}
      x-audit: { action: read, resource: bed, id: null }
      responses: { "204": { description: None. } }
`;
    const with97 = Array.from({ length: 97 }, (_, index) => operation(index)).join("");
    const enough = CONTRACT.replace("  /sweep:\n", `${with97}  /sweep:\n`);
    expect(judgeImport(wardModel({ "openapi/ward.yaml": enough }))).toEqual([]);
    const many = CONTRACT.replace("  /sweep:\n", `${with97}${operation(97)}  /sweep:\n`);
    expect(judgeImport(wardModel({ "openapi/ward.yaml": many }))).toMatchObject([
      {
        line: 10,
        severity: "warning",
        rule: "apim/operation-count",
        message: expect.stringContaining("101 operations"),
      },
    ]);
  });

  it("warns of a path that leaves no room for a host name", () => {
    const under = (path: string) =>
      wardModel({ "openapi/ward.yaml": CONTRACT.replaceAll("  /ward/", `  /${path}/`) });
    expect(judgeImport(under("a".repeat(54)))).toEqual([]);
    expect(judgeImport(under("a".repeat(55)))).toMatchObject([
      { line: 10, severity: "warning", rule: "apim/path-length" },
    ]);
  });

  it("says nothing of an API that the gateway does not know", () => {
    const internal = CONTRACT.replaceAll(
      / {6}operationId: (listBeds|createBed|readBed)\n/g,
      "$&      x-internal: true\n",
    ).replace(/\n {6}x-apim-policies:\n.*\n/, "\n");
    expect(wardModel({ "openapi/ward.yaml": internal }).apis[0]?.gateway).toBeNull();
    expect(judgeImport(wardModel({ "openapi/ward.yaml": internal }))).toEqual([]);
  });
});
