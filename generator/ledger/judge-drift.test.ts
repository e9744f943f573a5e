import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Finding } from "../finding.ts";
import { listFiles } from "../files.ts";
import { createProject, removeProjects, writeProjectFile, type ProjectFiles } from "../fixtures/project.ts";
import { publishedDocument } from "../emit/published-document.ts";
import { loadContracts } from "../load/load-contracts.ts";
import { Sources } from "../load/sources.ts";
import { buildModel } from "../model/build-model.ts";
import { contractPlaces } from "./contract-places.ts";
import { hashOf } from "./hash-of.ts";
import { judgeDrift } from "./judge-drift.ts";
import { LEDGER } from "./ledger.ts";
import { refreshGenerated } from "./refresh-generated.ts";

afterEach(removeProjects);
afterAll(removeProjects);

const WARD = "openapi/ward.yaml";
const SCHEMAS = "openapi/shared/schemas.yaml";
const LIMIT = "apim-policies/fragments/rate-limit.xml";

let generatedFiles: ProjectFiles = {};

beforeAll(async () => {
  const folder = createProject();
  await refreshGenerated(folder);
  generatedFiles = Object.fromEntries(
    listFiles(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
});

/** A project of its own in which everything has been generated. */
const generated = (): string => createProject(generatedFiles);

const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");

/** @throws {Error} when the text is not there: the test would test nothing */
function replace(folder: string, file: string, search: string, replacement: string): void {
  const text = read(folder, file);
  if (!text.includes(search)) throw new Error(`${file} has no ${search}`);
  writeProjectFile(
    folder,
    file,
    text.replace(search, () => replacement),
  );
}

/** `rule file:line`, and the generated files that a finding names. */
function brief({ rule, file, line, message }: Finding): string {
  const names = [...message.matchAll(/generated\/([\w./-]+\w)/g)].map(([, name = ""]) => name);
  return [`${rule} ${file}:${line}`, ...names].join(" ");
}

async function judged(folder: string): Promise<string[]> {
  const before = listFiles(folder).map((file) => read(folder, file));
  const findings = await judgeDrift(folder);
  expect(listFiles(folder).map((file) => read(folder, file))).toEqual(before);
  return findings.map(brief).sort();
}

/** The line of a text in a file as it is then. */
const lineOf = (folder: string, file: string, text: string): number =>
  read(folder, file).split(text)[0]?.split("\n").length ?? 0;

const DOCUMENTS = "apim/apis/ward/import.json ward/openapi.json";

describe("judgeDrift of a source that has changed", () => {
  it.each<[string, string, string, string, string, string]>([
    ["a value", WARD, "summary: Read a bed", "summary: Read it", "summary: Read it", DOCUMENTS],
    [
      "a limit",
      WARD,
      "minLength: 1, maxLength: 5",
      "minLength: 1, maxLength: 6",
      "label: { type: string, minLength: 1",
      `${DOCUMENTS} ward/validators.js`,
    ],
    [
      "a value in a shared file",
      SCHEMAS,
      "maxLength: 36",
      "maxLength: 37",
      "Id:",
      `${DOCUMENTS} ward/validators.js`,
    ],
    [
      "a new response",
      WARD,
      '        "304": { description: Not modified. }\n',
      '        "304": { description: Not modified. }\n        "410": { description: Gone. }\n',
      '"410"',
      "apim/apis/ward/import.json apim/apis/ward/provenance.json ward/openapi.json ward/operations.ts ward/types.ts ward/validators.d.ts ward/validators.js",
    ],
    [
      "a response that is gone, at what held it",
      WARD,
      '        "304": { description: Not modified. }\n',
      "",
      'responses:\n        "200":\n          description: The bed.\n          content:',
      "apim/apis/ward/import.json apim/apis/ward/provenance.json ward/openapi.json ward/operations.ts ward/types.ts ward/validators.d.ts ward/validators.js",
    ],
    [
      "an operation that is gone, with its policy",
      WARD,
      WARD_POST(),
      "",
      "/ward/beds:",
      "apim/apis/ward/import.json apim/apis/ward/operations/createBed.xml apim/apis/ward/provenance.json environment.ts manifest.json ward/functions.ts ward/handlers.ts ward/openapi.json ward/operations.ts ward/types.ts ward/validators.d.ts ward/validators.js",
    ],
    [
      "a policy's parameter",
      WARD,
      'calls: "{{bed-calls}}"',
      "calls: 5",
      "calls: 5",
      "apim/apis/ward/operations/createBed.xml environment.ts manifest.json ward/openapi.json",
    ],
    [
      "a policy that an operation had not",
      WARD,
      "      x-audit: { action: read,",
      "      x-apim-policies: [rate-limit: { calls: 3 }]\n      x-audit: { action: read,",
      "x-apim-policies: [rate",
      "apim/apis/ward/import.json apim/apis/ward/operations/readBed.xml apim/apis/ward/provenance.json manifest.json ward/openapi.json",
    ],
    [
      "a comment, which moves lines",
      WARD,
      "  /sweep:",
      "  # a line\n  /sweep:",
      "operationId: sweep",
      "apim/apis/ward/provenance.json",
    ],
    [
      "a fragment",
      LIMIT,
      'renewal-period="[[renewal-period]]" /></inbound>',
      'renewal-period="[[renewal-period]]" increment-count="2" /></inbound>',
      "<inbound>",
      "apim/apis/ward/operations/createBed.xml",
    ],
    [
      "a default of a fragment",
      LIMIT,
      'default="60"',
      'default="61"',
      'default="61"',
      "apim/apis/ward/operations/createBed.xml",
    ],
    [
      "a product's policy",
      "apim-policies/products/nurse.xml",
      'calls="5"',
      'calls="{{nurse-calls}}"',
      "<quota",
      "apim/products/nurse.xml environment.ts manifest.json",
    ],
    [
      "a policy of all, which adds an answer",
      "apim-policies/global.xml",
      "  <inbound />",
      '  <inbound>\n    <ip-filter action="forbid" />\n  </inbound>',
      "<ip-filter",
      DOCUMENTS.replace(" ", " apim/global.xml "),
    ],
    [
      "an answer of a policy that an operation declares as well",
      "apim-policies/global.xml",
      "  <inbound />",
      '  <inbound>\n    <return-response><set-status code="400" /></return-response>\n  </inbound>',
      "<return-response",
      DOCUMENTS.replace(" ", " apim/global.xml "),
    ],
  ])("says where: %s", async (_what, file, search, replacement, place, names) => {
    const folder = generated();
    replace(folder, file, search, replacement);
    expect(await judged(folder)).toEqual([`drift/stale ${file}:${lineOf(folder, file, place)} ${names}`]);
  });

  it("gives each place a finding of its own, which names what that change alone makes stale", async () => {
    const folder = generated();
    replace(folder, WARD, "openapi: 3.1.0", "# a line\nopenapi: 3.1.0");
    replace(folder, WARD, "minLength: 1, maxLength: 5", "minLength: 1, maxLength: 6");
    replace(folder, WARD, "description: The bed's id.", "description: Its id.");
    replace(folder, WARD, "operationId: sweep", "operationId: mop");
    replace(folder, "apim-policies/global.xml", "{{forward-timeout}}", "30");
    const at = (text: string): string => `drift/stale ${WARD}:${lineOf(folder, WARD, text)}`;
    expect(await judged(folder)).toEqual(
      [
        "drift/stale apim-policies/global.xml:3 apim/global.xml environment.ts manifest.json",
        `${at("operationId: mop")} apim/apis/ward/provenance.json manifest.json ward/functions.ts ward/handlers.ts ` +
          "ward/openapi.json ward/operations.ts ward/types.ts ward/validators.d.ts ward/validators.js",
        `${at("minLength: 1, maxLength: 6")} ${DOCUMENTS} ward/validators.js`,
        `${at("description: Its id.")} ${DOCUMENTS} ward/types.ts`,
      ].sort(),
    );
  });

  it("lays it to the nearest change above that lines have moved", async () => {
    const folder = generated();
    replace(folder, WARD, "summary: Read a bed", "summary: Read a bed\n      description: Reads it.");
    replace(folder, WARD, "summary: List beds", "summary: List them");
    expect(await judged(folder)).toEqual(
      [
        `drift/stale ${WARD}:${lineOf(folder, WARD, "summary: List")} ${DOCUMENTS}`,
        `drift/stale ${WARD}:${lineOf(folder, WARD, "description: Reads it.")} ${DOCUMENTS.replace(" ", " apim/apis/ward/provenance.json ")}`,
      ].sort(),
    );
  });

  it("names a contract that is new, and one that is gone, by its file", async () => {
    const folder = generated();
    const other = read(folder, WARD).replaceAll("/ward", "/room").replace("/sweep", "/mop");
    writeProjectFile(folder, "openapi/room.yaml", other);
    const [added, ...more] = await judged(folder);
    expect(more).toEqual([]);
    expect(added).toMatch(/^drift\/stale openapi\/room.yaml:1 .*manifest.json .*room\/types.ts/);
    await refreshGenerated(folder);
    rmSync(join(folder, "openapi/room.yaml"));
    const [gone, ...others] = await judgeDrift(folder);
    expect(others).toEqual([]);
    expect(gone).toMatchObject({ file: "openapi/room.yaml", line: 1 });
    expect(gone?.message).toMatch(/^removed since .*generated\/room\/types.ts/);
  });

  it("stops with what is wrong in the sources", async () => {
    const folder = generated();
    replace(folder, WARD, "operationId: sweep", "operationId: readBed");
    await expect(judgeDrift(folder)).rejects.toThrow("contract/duplicate-operation-id");
  });
});

describe("judgeDrift of generated files", () => {
  it("is content with what was generated", async () => {
    expect(await judged(generated())).toEqual([]);
  });

  it("names what was edited, its first line that differs, and what is missing or comes from nothing", async () => {
    const folder = generated();
    replace(folder, "generated/ward/host.json", '"routePrefix": ""', '"routePrefix": "x"');
    replace(folder, "generated/ward/openapi.json", "Read a bed", "Read two beds");
    writeProjectFile(folder, "generated/ward/more.ts", "");
    rmSync(join(folder, "generated/environment.ts"));
    const line = lineOf(folder, "generated/ward/openapi.json", "Read two beds");
    expect(await judged(folder)).toEqual([
      "drift/edited generated/ward/host.json:6",
      `drift/edited generated/ward/openapi.json:${line}`,
      "drift/extra generated/ward/more.ts:1",
      "drift/missing generated/environment.ts:1",
    ]);
  });

  it("is not deceived by a ledger that was edited as well", async () => {
    const folder = generated();
    replace(folder, "generated/ward/host.json", '"routePrefix": ""', '"routePrefix": "x"');
    const forged = createProject({
      ...Object.fromEntries(listFiles(folder).map((file) => [file, read(folder, file)])),
    });
    await refreshGenerated(forged);
    const [right, wrong] = [forged, folder].map((place) => hashOf(read(place, "generated/ward/host.json")));
    const ledger = read(folder, `generated/${LEDGER}`);
    writeProjectFile(folder, `generated/${LEDGER}`, ledger.replaceAll(right ?? "", wrong ?? ""));
    expect(await judged(folder)).toEqual(["drift/edited generated/ward/host.json:6"]);
  });

  it("tells an edit from a change of the source of the same file", async () => {
    const folder = generated();
    replace(folder, "generated/ward/openapi.json", "Read a bed", "Read two beds");
    replace(folder, WARD, "summary: List beds", "summary: List them");
    const [edited, stale] = await judged(folder);
    expect(edited).toContain("drift/edited generated/ward/openapi.json:");
    expect(stale).toBe(`drift/stale ${WARD}:1 apim/apis/ward/import.json`);
  });

  it("says one thing when nothing has been generated", async () => {
    expect(await judged(createProject())).toEqual(["drift/missing generated:1"]);
  });
});

describe("judgeDrift of the ledger and the generator", () => {
  const edit = (search: RegExp, replacement: string): string => {
    const folder = generated();
    const text = read(folder, `generated/${LEDGER}`);
    expect(text).toMatch(search);
    writeProjectFile(folder, `generated/${LEDGER}`, text.replace(search, replacement));
    return folder;
  };

  it("names a ledger of a broken merge, and still judges the files by what they should hold", async () => {
    const folder = edit(/ {2}"sources"/, '<<<<<<< ours\n  "sources"');
    expect(await judged(folder)).toEqual([
      `drift/ledger generated/ledger.json:${lineOf(folder, `generated/${LEDGER}`, "<<<<<<<")}`,
    ]);
    replace(folder, "generated/environment.ts", "export", "// mine\nexport");
    expect((await judged(folder)).slice(1)).toEqual(["drift/stale generated/environment.ts:3"]);
    await refreshGenerated(folder);
    rmSync(join(folder, "generated", LEDGER));
    replace(folder, WARD, "summary: Read a bed", "summary: Read it");
    expect((await judged(folder)).slice(1)).toEqual([
      `drift/stale ${WARD}:${lineOf(folder, WARD, "summary: Read it")} ${DOCUMENTS}`,
    ]);
  });

  it("names a ledger that is missing, or of another branch", async () => {
    const folder = generated();
    rmSync(join(folder, "generated", LEDGER));
    expect(await judged(folder)).toEqual(["drift/missing generated/ledger.json:1"]);
    const other = edit(/("ward\/types.ts": \{ "inputs": ")\w+/, "$100");
    expect(await judged(other)).toEqual(["drift/ledger generated/ledger.json:1 ward/types.ts"]);
  });

  it("says that the generator has changed, and which part of it", async () => {
    const folder = edit(/("generator\/emit\/output.ts": ")\w+/, "$100");
    expect(await judged(folder)).toEqual(["drift/generator generator/emit/output.ts:1"]);
    const [finding] = await judgeDrift(folder);
    expect(finding?.message).toContain("only the ledger has to follow");
  });

  it("says which package has changed, at the line that asks for it, and what it would print otherwise", async () => {
    const folder = edit(/"prettier": ".*"/, '"prettier": "0.0.1"');
    writeProjectFile(folder, "package.json", '{\n  "devDependencies": {\n    "prettier": "1.0.0"\n  }\n}\n');
    const text = read(folder, "generated/ward/functions.ts");
    const ugly = text.replace("methods:", "methods :");
    writeProjectFile(folder, "generated/ward/functions.ts", ugly);
    const ledger = read(folder, `generated/${LEDGER}`);
    writeProjectFile(folder, `generated/${LEDGER}`, ledger.replace(hashOf(text), hashOf(ugly)));
    expect(await judged(folder)).toEqual(["drift/generator package.json:3 ward/functions.ts"]);
  });
});

describe("the places of a contract", () => {
  it("are none when the document that was published from it is the one that it gives now", () => {
    const sources = new Sources(join(import.meta.dirname, "../.."));
    const contracts = loadContracts(sources);
    const model = buildModel(sources);
    for (const [index, api] of model.apis.entries()) {
      const published = JSON.parse(JSON.stringify(publishedDocument(api, model)));
      const contract = contracts[index];
      expect(contract && contractPlaces(published, contract, contracts, sources)).toEqual([]);
    }
  });
});

/** The whole of `createBed`. */
function WARD_POST(): string {
  const text = readFileSync(join(createProject(), WARD), "utf8");
  return text.slice(
    text.indexOf("    post:\n      operationId: createBed"),
    text.indexOf("  /ward/beds/{bedId}:"),
  );
}
