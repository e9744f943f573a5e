import { describe, expect, it } from "@jest/globals";
import type { Finding } from "../finding.ts";
import type { ProjectFiles } from "../fixtures/project.ts";
import { WARD_PROJECT } from "../fixtures/ward-project.ts";
import { wardModel } from "./fixtures/emit-ward-imports.ts";
import { judgeReimport } from "./judge-reimport.ts";

const CONTRACT = WARD_PROJECT["openapi/ward.yaml"] ?? "";

type Edit = readonly [search: string, replacement: string];

/** The contract with every edit made once. */
function edited(...edits: readonly Edit[]): string {
  return edits.reduce((text, [search, replacement]) => {
    if (text.split(search).length !== 2) throw new Error(`not exactly once: ${search}`);
    return text.replace(search, () => replacement);
  }, CONTRACT);
}

function judge(head: ProjectFiles): Finding[] {
  return judgeReimport(wardModel(), wardModel(head));
}

const judgeEdits = (...edits: readonly Edit[]): Finding[] => judge({ "openapi/ward.yaml": edited(...edits) });

/** Where, how bad and what, without the words. */
const brief = (findings: readonly Finding[]): string[] =>
  findings.map(({ file, line, column, severity, rule }) => `${file}:${line}:${column} ${severity} ${rule}`);

/** The contract without listBeds, with every edit made. */
function withoutList(search = "", replacement = ""): string {
  return CONTRACT.replace(/ {4}get:\n {6}operationId: listBeds\n[^]*?(?= {4}post:)/, "").replace(
    search,
    replacement,
  );
}

const RENAME_LIST: Edit = ["operationId: listBeds", "operationId: findBeds"];
const RENAME_CREATE: Edit = ["operationId: createBed", "operationId: addBed"];
const MOVE_CREATE: Edit = [
  "    post:\n      operationId: createBed",
  "  /ward/places:\n    post:\n      operationId: createBed",
];

describe("judgeReimport", () => {
  it("has nothing to say of the same contract, of lines that move, nor of operations that come", () => {
    expect(judge({})).toEqual([]);
    expect(judgeEdits(["paths:\n", "\n\n\npaths:\n"])).toEqual([]);
    expect(
      judgeEdits(
        ["x-internal: true", "x-codeSamples: []"],
        ["  /sweep:", "  /ward/sweep:"],
        [
          "      summary: Sweep\n",
          "      summary: Sweep\n      x-audit: { action: delete, resource: bed, id: null }\n",
        ],
      ),
    ).toEqual([]);
  });

  it("has nothing to say of a path that changes while the operationId stays: it is updated in place", () => {
    expect(judgeEdits(MOVE_CREATE)).toEqual([]);
    expect(judgeEdits(["  /ward/beds/{bedId}:", "  /ward/beds/{bedId}/now:"])).toEqual([]);
    expect(
      judgeEdits(["    post:\n      operationId: createBed", "    put:\n      operationId: createBed"]),
    ).toEqual([]);
  });

  it("refuses a new operationId, at its line, saying what it was and where", () => {
    const findings = judgeEdits(RENAME_LIST);
    expect(brief(findings)).toEqual(["openapi/ward.yaml:13:7 error apim/operation-deleted"]);
    expect(findings[0]?.message).toBe(
      "listBeds would be deleted in APIM and made anew as findBeds (GET /ward/beds), for its operationId changed; " +
        "it was listBeds (GET /ward/beds) (openapi/ward.yaml:13:7)",
    );
    expect(findings[0]?.hint).toBe("Keep the operationId listBeds.");
  });

  it("does not mind an operationId that APIM cannot tell from the one before", () => {
    expect(judgeEdits(["operationId: listBeds", "operationId: listbeds"])).toEqual([]);
  });

  it("does not mind for the policy, which APIM copies where method and path stay", () => {
    expect(brief(judgeEdits(RENAME_CREATE))).toEqual(["openapi/ward.yaml:34:7 error apim/operation-deleted"]);
  });

  it("refuses an operationId and a path that change together, for the policy as well", () => {
    const findings = judgeEdits([MOVE_CREATE[0], MOVE_CREATE[1].replace("createBed", "addBed")]);
    expect(brief(findings)).toEqual([
      "openapi/ward.yaml:35:7 error apim/operation-deleted",
      "openapi/ward.yaml:35:7 error apim/policy-orphaned",
    ]);
    expect(findings[0]?.message).toContain(
      "made anew as addBed (POST /ward/places), for its operationId and path changed",
    );
    expect(findings[1]?.message).toBe(
      "the policy document of createBed would be deleted with it, not carried over: addBed (POST /ward/places) answers " +
        "without it until its own is attached",
    );
  });

  it("says nothing of a policy where there was none", () => {
    const moved = judgeEdits(
      ["  /ward/beds/{bedId}:", "  /ward/places/{bedId}:"],
      ["operationId: readBed\n", "operationId: showBed\n"],
      ["read: { operationId: readBed,", "read: { operationId: showBed,"],
    );
    expect(brief(moved)).toEqual(["openapi/ward.yaml:67:7 error apim/operation-deleted"]);
  });

  it("refuses operationIds that are exchanged, at both", () => {
    const findings = judgeEdits(
      ["operationId: listBeds", "operationId: XX"],
      ["operationId: readBed\n", "operationId: listBeds\n"],
      ["operationId: XX", "operationId: readBed"],
    );
    expect(brief(findings)).toEqual([
      "openapi/ward.yaml:13:7 error apim/operation-swapped",
      "openapi/ward.yaml:67:7 error apim/operation-swapped",
    ]);
    expect(findings[0]?.message).toBe(
      "readBed is now GET /ward/beds, which was listBeds: APIM keeps policies with the operationId, so those of readBed " +
        "would guard what listBeds did",
    );
  });

  it("refuses an operationId that goes from one that is removed to another one", () => {
    const findings = judge({
      "openapi/ward.yaml": withoutList("operationId: createBed", "operationId: listBeds"),
    });
    expect(brief(findings)).toEqual([
      "openapi/ward.yaml:11:3 note apim/operation-deleted",
      "openapi/ward.yaml:13:7 error apim/operation-swapped",
    ]);
    expect(findings[1]?.hint).toBe("Keep the operationId createBed for POST /ward/beds.");
  });

  it("does not mind one that moves to where another one was", () => {
    const moved = withoutList(
      "    post:\n      operationId: createBed",
      "    get:\n      operationId: createBed",
    ).replace(/\n {6}requestBody:\n[^]*?(?=\n {6}responses)/, "");
    const findings = judge({
      "openapi/ward.yaml": moved.replace("action: create", "action: read").replace("id: $new", "id: null"),
    });
    expect(findings.map(({ severity }) => severity)).toEqual(["note"]);
  });

  it("tells with a note that an operation is really gone, at what is left of its place", () => {
    const findings = judge({ "openapi/ward.yaml": withoutList() });
    expect(brief(findings)).toEqual(["openapi/ward.yaml:11:3 note apim/operation-deleted"]);
    expect(findings[0]?.message).toBe(
      "APIM deletes listBeds (GET /ward/beds): it is gone from the contract; it was at openapi/ward.yaml:13:7",
    );
  });

  it("names the paths when the path is gone as well, and the policy that goes along", () => {
    const without = CONTRACT.replace(/ {2}\/ward\/beds:\n[^]*?(?= {2}\/ward\/beds\/)/, "").replace(
      "links:\n            read: { operationId: readBed, parameters: { bedId: $response.body#/id } }\n",
      "",
    );
    const findings = judge({ "openapi/ward.yaml": without });
    expect(brief(findings)).toEqual([
      "openapi/ward.yaml:10:1 note apim/operation-deleted",
      "openapi/ward.yaml:10:1 note apim/operation-deleted",
    ]);
    expect(findings[1]?.message).toContain(
      "APIM deletes createBed (POST /ward/beds) with its policy document",
    );
  });

  it("tells with a note, at its line, that an operation is internal now", () => {
    const findings = judgeEdits([
      "      operationId: listBeds\n",
      "      operationId: listBeds\n      x-internal: true\n",
    ]);
    expect(brief(findings)).toEqual(["openapi/ward.yaml:13:7 note apim/operation-deleted"]);
    expect(findings[0]?.message).toContain("it is internal now");
  });

  it("does not take one that comes for one that goes, when they do different work", () => {
    const findings = judgeEdits(
      ["operationId: listBeds", "operationId: findFloors"],
      ["  /ward/beds:\n    get:", "  /ward/floors:\n    get:"],
      ["action: search, resource: bed", "action: search, resource: floor"],
      ["    post:\n      operationId: createBed", "  /ward/beds:\n    post:\n      operationId: createBed"],
    );
    expect(findings.map(({ severity }) => severity)).toEqual(["note"]);
  });

  it("takes one that comes for no more than one that goes", () => {
    const twice = CONTRACT.replace(
      "  /sweep:",
      `  /ward/places/{bedId}:
    parameters:
      - { name: bedId, in: path, required: true, x-invalid-status: 400, schema: { $ref: shared/schemas.yaml#/Id } }
    get:
      operationId: readPlace
      x-audit: { action: read, resource: bed, id: $request.path.bedId }
      responses:
        "200":
          description: The bed.
          content: { application/json: { schema: { $ref: "#/components/schemas/Bed" } } }
        "304": { description: Not modified. }
  /sweep:`,
    );
    const once = CONTRACT.replace("operationId: readBed\n", "operationId: showBed\n")
      .replace("read: { operationId: readBed,", "read: { operationId: showBed,")
      .replace("  /ward/beds/{bedId}:", "  /ward/cots/{bedId}:");
    const findings = judgeReimport(
      wardModel({ "openapi/ward.yaml": twice }),
      wardModel({ "openapi/ward.yaml": once }),
    );
    expect(findings.map(({ severity }) => severity).sort()).toEqual(["error", "note"]);
  });
});

describe("judgeReimport, of APIs", () => {
  const NURSE_ONLY = { "openapi/ward.yaml": CONTRACT };

  it("refuses another path, once, at the first path that has it", () => {
    const findings = judge({ "openapi/ward.yaml": CONTRACT.replaceAll("  /ward/beds", "  /wards/beds") });
    expect(brief(findings)).toEqual(["openapi/ward.yaml:11:3 error apim/path-changed"]);
    expect(findings[0]?.message).toBe(
      "the API ward moves from /ward to /wards: no address that a subscriber knows leads to it any more",
    );
  });

  it("refuses another file for the same path: APIM would have two of one path", () => {
    const findings = judgeReimport(wardModel(NURSE_ONLY), wardModel(renamed("openapi/wards.yaml", CONTRACT)));
    expect(brief(findings)).toEqual(["openapi/wards.yaml:10:1 error apim/api-renamed"]);
    expect(findings[0]?.message).toContain("the API ward (openapi/ward.yaml) is now called wards");
  });

  it("refuses an operation that moves to another API, where no policy follows", () => {
    const other = CONTRACT.replaceAll("  /ward/beds", "  /bunk/beds");
    const findings = judgeReimport(wardModel(NURSE_ONLY), wardModel(renamed("openapi/bunk.yaml", other)));
    expect(brief(findings)).toEqual([
      "openapi/bunk.yaml:13:7 error apim/operation-deleted",
      "openapi/bunk.yaml:34:7 error apim/operation-deleted",
      "openapi/bunk.yaml:34:7 error apim/policy-orphaned",
      "openapi/bunk.yaml:67:7 error apim/operation-deleted",
    ]);
    expect(findings[0]?.hint).toBe("Keep listBeds in openapi/ward.yaml.");
  });

  it("tells with notes that an API is gone", () => {
    const bunk = CONTRACT.replaceAll("  /ward/beds", "  /bunk/beds").replaceAll(
      /(list|create|read)Bed/g,
      "$1Bunk",
    );
    const both = { ...NURSE_ONLY, "openapi/bunk.yaml": bunk };
    const findings = judgeReimport(wardModel(both), wardModel(NURSE_ONLY));
    expect(new Set(brief(findings))).toEqual(new Set(["openapi/bunk.yaml:1:1 note apim/operation-deleted"]));
    expect(findings).toHaveLength(3);
  });

  it("says nothing of an API that comes, nor of one that the gateway never had", () => {
    const bunk = CONTRACT.replaceAll("  /ward/beds", "  /bunk/beds");
    expect(judgeReimport(wardModel(), wardModel({ "openapi/bunk.yaml": bunk }))).toEqual([]);
    const internal = CONTRACT.replaceAll(
      / {6}operationId: (listBeds|createBed|readBed)\n/g,
      "$&      x-internal: true\n",
    ).replace('      x-apim-policies:\n        - rate-limit: { calls: "{{bed-calls}}" }\n', "");
    expect(judgeReimport(wardModel({ "openapi/ward.yaml": internal }), wardModel())).toEqual([]);
  });
});

/** The ward under another name. */
function renamed(file: string, contract: string): ProjectFiles {
  return { [file]: contract, "openapi/ward.yaml": null };
}
