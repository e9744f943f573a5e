import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Finding } from "../../generator/finding.ts";
import { isObject, isList, without, type Json, type JsonObject } from "../../generator/load/json.ts";
import { withBrokenApp, withBrokenGateway, withBrokenLimit, type Alter } from "./broken-parts.ts";
import { EXPORT, lines, projectDirectory, startSuite } from "./conformance-suite.ts";
import type { ConformanceSuite } from "./conformance-suite.ts";
import type { Answer } from "./parts/answer.ts";
import { readOptions } from "./read-options.ts";
import type { ConformanceOptions } from "./run-conformance.ts";

let suite: ConformanceSuite;
beforeAll(async () => (suite = await startSuite()), 60_000);
afterAll(() => suite.stop());

describe("what is wrong is found, at the line of the contract", () => {
  const find = async (operationId: string, options: Partial<ConformanceOptions>): Promise<Finding[]> => {
    const unshrunk = operationId === EXPORT ? { shrinks: 0 } : {};
    const { findings } = await suite.run({ operations: [operationId], ...unshrunk, ...options });
    return findings.filter(({ rule }) => rule !== "conformance/coverage");
  };
  const rulesOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ rule }) => rule))].sort();

  it.each([
    [63, "refuses body /firstName maxLength, which the schema admits"],
    [65, "does not see body /firstName maxLength, which the schema refuses"],
  ])("a validator that lets a first name have %i characters", async (limit, message) => {
    const broken = withBrokenLimit(suite.parts, "/body/firstName", limit);
    expect(await find("createPatient", { parts: broken, aim: "body /firstName maxLength" })).toEqual([
      expect.objectContaining({
        file: "openapi/patient.yaml",
        line: lineOfLimit(),
        severity: "error",
        rule: "conformance/validator-oracle",
        message: expect.stringContaining(`createPatient: the generated validator ${message} `),
      }),
    ]);
  });

  it("and shown again by the command that the finding names", async () => {
    const broken = withBrokenLimit(suite.parts, "/body/firstName", 1);
    const [finding] = await find("createPatient", { parts: broken });
    const words = [...(finding?.hint ?? "").matchAll(/'([^']*)'|([^\s']+)/g)];
    const args = words.map(([, quoted, plain]) => quoted ?? plain ?? "");
    const { replay } = readOptions(args.slice(args.indexOf("--") + 1), 0);
    expect(replay).toBeDefined();
    const again = await find("createPatient", { parts: broken, ...(replay && { replay }) });
    expect(again.map(({ rule, line, message }) => [rule, line, message])).toEqual([
      [finding?.rule, finding?.line, finding?.message],
    ]);
  });

  it.each<[string, string, Alter, string[]]>([
    [
      "an app that leaves out a member",
      "getPatient",
      onSuccess((body) => without(body, "lastUpdated")),
      ["gateway-handler", "response-contract"],
    ],
    [
      "an app that shows an undeclared member",
      "getTest",
      onSuccess((body) => ({ ...body, deletedAt: null })),
      ["gateway-handler", "response-contract"],
    ],
    [
      "an app that keeps something else than was sent",
      "updatePatient",
      onSuccess((body) => ({ ...body, firstName: "x" })),
      ["gateway-handler", "handler-validator"],
    ],
    [
      "an app that sends an undeclared header",
      "getPatient",
      (answer) => ({ ...answer, headers: { ...answer.headers, "x-powered-by": "a" } }),
      ["gateway-handler", "response-contract"],
    ],
    [
      "an app that finds what is not there",
      "getTest",
      (answer) => (answer.status === 404 ? { ...answer, status: 200 } : answer),
      ["gateway-handler", "handler-validator", "response-contract"],
    ],
    [
      "an app that answers with an undeclared status",
      "createPatient",
      (answer) => (answer.status === 400 ? { ...answer, status: 422 } : answer),
      ["gateway-handler", "handler-validator", "response-contract"],
    ],
    [
      "an app whose problems do not say what is wrong",
      "createPatient",
      withoutErrors,
      ["gateway-handler", "handler-validator"],
    ],
    [
      "an app that has no entity tag",
      "getPatient",
      (answer) => ({
        ...answer,
        headers: Object.fromEntries(Object.entries(answer.headers).filter(([name]) => name !== "etag")),
      }),
      ["gateway-handler", "response-contract"],
    ],
    [
      "an app that fills a page too full",
      "searchPatients",
      (answer) =>
        isList(answer.body) ? withBody(answer, Array<Json>(1_001).fill(answer.body[0] ?? null)) : answer,
      ["gateway-handler", "handler-validator", "response-contract"],
    ],
    [
      "an app that ends an export within a line",
      "exportAuditRecords",
      onExport((text) => text.slice(0, -1)),
      ["handler-validator", "response-contract"],
    ],
    [
      "an app that exports a line of no schema",
      "exportAuditRecords",
      onExport((text) => text.replace('"type":"ledger"', '"type":"lodger"')),
      ["gateway-handler", "response-contract"],
    ],
  ])("%s", async (_, operationId, alter, rules) => {
    const findings = await find(operationId, { parts: withBrokenApp(suite.parts, alter) });
    expect(rulesOf(findings)).toEqual(expect.arrayContaining(rules.map((rule) => `conformance/${rule}`)));
    expect(findings.map(({ file }) => file.startsWith("openapi/"))).toEqual(findings.map(() => true));
    expect(findings.map(({ line }) => line > 1)).toEqual(findings.map(() => true));
  });

  it("a gateway that alters a status", async () => {
    const alter: Alter = (answer) => (answer.status === 201 ? { ...answer, status: 200 } : answer);
    const findings = await find("createPatient", { parts: withBrokenGateway(suite.parts, alter) });
    expect(rulesOf(findings)).toEqual(["conformance/gateway-handler", "conformance/response-contract"]);
    expect(findings.map(({ message }) => message).join()).toContain(
      "the app answers with 201, the gateway with 200",
    );
  });

  it("a gateway that alters a body", async () => {
    const alter: Alter = (answer) => ({
      ...answer,
      text: `${answer.text} `,
      body: isList(answer.body) ? answer.body.slice(1) : (answer.body ?? null),
    });
    const findings = await find("searchPatients", { parts: withBrokenGateway(suite.parts, alter) });
    expect(rulesOf(findings)).toContain("conformance/gateway-handler");
  });

  it("a part that does not answer", async () => {
    const silent = { send: () => Promise.reject(new Error("gone")), close: () => Promise.resolve() };
    const findings = await find("createPatient", { parts: { ...suite.parts, gateway: () => silent } });
    expect(rulesOf(findings)).toEqual(["conformance/gateway-handler", "conformance/response-contract"]);
  });

  it("what no case has shown", async () => {
    const { operations } = await suite.run({ operations: ["createPatient"], cases: 1, workers: 1 });
    const gaps = operations[0]?.coverage.gaps() ?? [];
    expect(gaps.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        "no case has shown: body /firstName maxLength over",
        "no case has shown: body-too-large",
      ]),
    );
    const gap = gaps.find(({ message }) => message.endsWith("body /firstName maxLength over"));
    expect(lines.at("patient", gap?.pointer ?? "")).toMatchObject({
      file: "openapi/patient.yaml",
      line: lineOfLimit(),
    });
  });

  it("and no finding repeats what was sent", async () => {
    const alter: Alter = (answer) => (answer.status === 400 ? { ...answer, status: 409 } : answer);
    const findings = await find("updatePatient", { parts: withBrokenApp(suite.parts, alter) });
    expect(findings.length).toBeGreaterThan(0);
    const texts = findings.map(({ message }) => message.replaceAll(/"[^"]*"/g, ""));
    for (const text of texts) expect(text).not.toMatch(/[^\x20-\x7E]|\d{4}-\d\d|[0-9a-f]{8}-/);
  });
});

const CONTRACT = readFileSync(join(projectDirectory, "openapi/patient.yaml"), "utf8");

/** The schema of a first name, as the contract has it. */
const NAME = /^ {4}GivenName:\n(?: {6}.*\n)+/m.exec(CONTRACT)?.[0] ?? "";

/** Where the contract limits the length of a first name. */
function lineOfLimit(): number {
  const within = NAME.split("\n").findIndex((line) => line.includes("maxLength"));
  return CONTRACT.slice(0, CONTRACT.indexOf(NAME)).split("\n").length + within;
}

function onSuccess(alter: (body: JsonObject) => Json): Alter {
  return (answer) =>
    answer.status < 300 && isObject(answer.body) && "lastUpdated" in answer.body
      ? withBody(answer, alter(answer.body))
      : answer;
}

function onExport(alter: (text: string) => string): Alter {
  return (answer) => (answer.status === 200 ? { ...answer, text: alter(answer.text) } : answer);
}

function withoutErrors(answer: Answer): Answer {
  return isObject(answer.body) && "errors" in answer.body
    ? withBody(answer, { ...answer.body, errors: [] })
    : answer;
}

function withBody(answer: Answer, body: Json): Answer {
  return { ...answer, body, text: JSON.stringify(body) };
}
