import { describe, expect, it } from "@jest/globals";
import { editWard, type ProjectFiles } from "../fixtures/project.ts";
import { wardModel } from "./fixtures/emit-ward-imports.ts";
import { judgeNewLosses } from "./new-losses.ts";

/** What a change brings, `line:column message`. */
function notes(head: ProjectFiles, base: ProjectFiles = {}): string[] {
  return judgeNewLosses(wardModel(base), wardModel(head)).map(
    ({ file, line, column, severity, rule, message }) => {
      expect([severity, rule]).toEqual(["note", "apim/new-loss"]);
      return `${file}:${line}:${column} ${message}`;
    },
  );
}

describe("judgeNewLosses", () => {
  it("says nothing of what got lost before, wherever its line is now", () => {
    expect(notes({})).toEqual([]);
    expect(notes(editWard("paths:\n", "\n\n\n\npaths:\n"))).toEqual([]);
  });

  it("says nothing when a path is renamed or parameters change places", () => {
    expect(notes(editWard("  /ward/beds/{bedId}:", "  /ward/cots/{bedId}:"))).toEqual([]);
    const label =
      "        - name: label\n          in: query\n          schema: { type: array, maxItems: 3, items: { type: string, maxLength: 5 } }\n";
    const floor = "        - name: floor\n          in: query\n";
    const base = editWard(label, label.replace("maxLength: 5", "maxLength: 5, format: uuid"));
    const contract = base["openapi/ward.yaml"] ?? "";
    const moved = contract
      .replace(/ {8}- name: label\n.*\n.*\n/, "")
      .replace(floor, `${label.replace("maxLength: 5", "maxLength: 5, format: uuid")}${floor}`);
    expect(moved).not.toBe(contract);
    expect(notes({ "openapi/ward.yaml": moved }, base)).toEqual([]);
  });

  it("tells what a change brings, in its line, and what enforces it instead", () => {
    expect(
      notes(
        editWard(
          "label: { type: string, minLength: 1,",
          "label: { type: string, format: uuid, minLength: 1,",
        ),
      ),
    ).toEqual([
      'openapi/ward.yaml:98:32 APIM will not see: format "uuid" as a check; what enforces it instead: ' +
        "the app's validators of requests and answers (generated validators.js)",
    ]);
    expect(notes(editWard("summary: Sweep\n", "summary: Sweep\n"))).toEqual([]);
  });

  it("tells of an operation that comes, but not of one that goes", () => {
    const more = editWard(
      "  /sweep:\n",
      "  /sweeps:\n    post: { operationId: sweepAll, summary: Sweep, x-internal: true, responses: { '204': { description: Swept. } } }\n  /sweep:\n",
    );
    expect(notes(more)).toEqual([
      expect.stringContaining("APIM will not see: operation sweepAll (x-internal)"),
    ]);
    expect(notes({}, more)).toEqual([]);
  });

  it("tells of a loss in a file that APIs share, where it is written", () => {
    const shared =
      'Id: { type: string, format: uuid, maxLength: 36, contentEncoding: base64 }\nProblem:\n  type: object\n  required: [type, status]\n  properties:\n    type: { type: string, maxLength: 100 }\n    status: { type: integer }\n    id: { $ref: "#/Id" }\nGatewayError:\n  type: object\n  required: [statusCode, message]\n  properties:\n    statusCode: { type: integer }\n    message: { type: string, maxLength: 200 }\n';
    expect(notes({ "openapi/shared/schemas.yaml": shared })).toEqual([
      "openapi/shared/schemas.yaml:1:50 APIM will not see: schema keyword contentEncoding; what enforces it instead: " +
        "nothing: it only informs readers of the contract",
    ]);
  });
});
