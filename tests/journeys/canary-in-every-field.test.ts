import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { MongoClient } from "mongodb";
import { AUDITOR_KEY } from "../support/addresses.ts";
import { formsIn, formsOf } from "../support/canary.ts";
import { clientOf, operations, publicOperations } from "../support/client.ts";
import type { Answer, Call } from "../support/client.ts";
import type { ContractOperation } from "../support/contract.ts";
import { contractDocument } from "../support/contract-document.ts";
import { eventually } from "../support/eventually.ts";
import { FieldCanaries } from "../support/field-canaries.ts";
import { somebody, someTest } from "../support/people.ts";
import { nextCheckpoint, wholeRegister } from "../support/register.ts";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";

const NOTHING = contractDocument({});
const documents = Object.fromEntries(
  ["patient", "audit"].map((api) => [
    api,
    contractDocument(
      JSON.parse(
        readFileSync(join(import.meta.dirname, "../../generated", api, "openapi.json"), "utf8"),
      ) as object,
    ),
  ]),
);

/**
 * Every field of every request holds a value of its own, in requests that are served and in requests that are refused, with the
 * register and without it. None of the values is found where only ids and codes may be.
 */
describe("a value of its own in every field", () => {
  const canaries = new FieldCanaries();
  let platform: TestPlatform;
  let database: MongoClient;
  const answers: Answer[] = [];
  let outbox = "";

  beforeAll(async () => {
    platform = await startTestPlatform({ appSettings: { AUDIT_TIMEOUT_MS: "150" } });
    database = await new MongoClient(platform.databases.patient ?? "").connect();
    await callEverything(publicOperations);
    const { audit = 0 } = await platform.processIds();
    process.kill(audit, "SIGSTOP");
    try {
      await callEverything(publicOperations.filter(({ api }) => api === "patient"));
      outbox = JSON.stringify(await database.db("patient").collection("outbox").find().toArray());
    } finally {
      process.kill(audit, "SIGCONT");
    }
    await eventually(async () => (await database.db("patient").collection("outbox").countDocuments()) === 0);
  }, 90_000);

  afterAll(async () => {
    await database.close();
    await platform.stop();
  });

  /** Each operation that takes a body, with every field of it; each parameter of text. */
  async function callEverything(called: readonly ContractOperation[]): Promise<void> {
    const { call } = clientOf(platform.gateway);
    const patientId: string = (await call("createPatient", { body: somebody() })).body.id;
    const test = await call("createTest", { path: { patientId }, body: someTest() });
    const path = { patientId, testId: test.body.id as string, recordId: "none", from: "0", to: "0" };
    for (const operation of called) {
      const { api, operationId, takesBody } = operation;
      const valid: Call = api === "audit" ? { key: AUDITOR_KEY, path } : { path };
      const made: Call[] = operation.parameters.flatMap(({ in: place, name }) =>
        withParameter(valid, place, name),
      );
      if (takesBody) {
        const keep = {
          "/patientId": path.patientId,
          "/id": undefined,
          "/observations/0/issued": "2026-11-20T07:15:00.000Z",
        };
        const bodies = canaries.bodiesOf(documents[api] ?? NOTHING, operation, keep);
        const served = await call(operationId, { ...valid, body: bodies.valid });
        if (served.status >= 400) throw new Error(`${operationId} answered ${served.status}: ${served.text}`);
        answers.push(served);
        made.push(...bodies.invalid.map((body) => ({ ...valid, body })));
      }
      for (const one of made) answers.push(await call(operationId, one));
    }
  }

  function withParameter(valid: Call, place: string, name: string): Call[] {
    const canary = canaries.plain(`parameter ${name}`);
    if (place === "query") return [{ ...valid, query: { [name]: canary } }];
    if (place === "header") return [{ ...valid, headers: { [name]: canary } }];
    return [{ ...valid, path: { ...valid.path, [name]: canary } }];
  }

  function leaks(text: string): string[] {
    return canaries.all
      .filter(({ value }) => formsIn(text, formsOf(value)).length > 0)
      .map(({ field }) => field);
  }

  it("reaches every field of the contract that takes text", () => {
    const fields = new Set(canaries.all.map(({ field }) => field));
    for (const name of [
      "createPatient /firstName",
      "searchPatients /dateOfBirthTo",
      "updateTest /observations/0/measurement",
    ])
      expect(fields).toContain(name);
    expect(fields.size).toBeGreaterThan(100);
    expect([...operations.values()].filter(({ takesBody, internal }) => takesBody && !internal)).toHaveLength(
      5,
    );
  });

  it("is found by the search for it, in each form", () => {
    const [one] = canaries.all;
    const value = one?.value ?? "";
    for (const text of [
      value,
      `x${value}y`,
      Buffer.from(value).toString("hex"),
      Buffer.from(`ab${value}c`).toString("base64url"),
    ])
      expect(leaks(text)).toContain(one?.field);
  });

  it("is in no problem, and in no address that an answer leads to", () => {
    const refused = answers.filter(({ status }) => status >= 400);
    expect(refused.length).toBeGreaterThan(100);
    expect(refused.flatMap(({ text }) => leaks(text))).toEqual([]);
    const led = answers.flatMap(({ headers }) => [headers.get("location") ?? "", headers.get("link") ?? ""]);
    expect(led.flatMap(leaks)).toEqual([]);
  });

  it("is in no record of the register, as it is queried, exported or proven", async () => {
    await nextCheckpoint(platform);
    const pages = await wholeRegister(platform.gateway);
    expect(leaks(pages.join(""))).toEqual([]);
    const { call } = clientOf(platform.gateway);
    expect(leaks((await call("exportAuditRecords", { key: AUDITOR_KEY })).text)).toEqual([]);
  });

  it("is in nothing that waits in the outbox", () => {
    expect(outbox).toContain(":outcome");
    expect(leaks(outbox)).toEqual([]);
  });

  it("is in no line of a log, and in no checkpoint", async () => {
    expect(platform.lines.join("\n")).toContain("register-away");
    expect(leaks(platform.lines.join("\n"))).toEqual([]);
    const directory = join(`${platform.stateDirectory}-checkpoints`, "checkpoints");
    for (const name of await readdir(directory))
      if (name.endsWith(".json")) expect(leaks(await readFile(join(directory, name), "utf8"))).toEqual([]);
  });
});
