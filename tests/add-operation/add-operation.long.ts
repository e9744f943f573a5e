import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { AUDITOR_KEY, PARTNER_KEY } from "../support/addresses.ts";
import { newTrace } from "../support/trace.ts";
import { eventually } from "../support/eventually.ts";
import { compileErrors } from "./compile-errors.ts";
import { CONTRACT, editContract, HANDLER_FILE, OPERATION, writeHandler } from "./new-operation.ts";
import { changedFiles, createScratchProject, snapshot } from "./scratch-project.ts";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of every shape
type Answer = any;

/** CONTRIBUTING.md, "Add an operation", done in a copy of the project; its steps are the tests, in their order. */
describe("adding an operation", () => {
  const { folder, remove } = createScratchProject();
  const environment = {
    PATH: process.env.PATH,
    SPECIMEN_GATEWAY_PORT: "0",
    SPECIMEN_STATE_DIR: join(folder, ".local"),
  };
  const node = ["--disable-warning=ExperimentalWarning"];
  let original: ReadonlyMap<string, string>;
  let generated: ReadonlyMap<string, string>;
  let platform: ChildProcess | undefined;
  let gateway = "";

  function run(...command: string[]): { code: number | null; lines: string[] } {
    const options = { cwd: folder, env: environment, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [...node, ...command], options);
    return { code: status, lines: `${stdout}${stderr}`.trim().split("\n") };
  }

  async function call(method: string, path: string, body?: object, key = PARTNER_KEY) {
    const { traceId, headers } = newTrace();
    const response = await fetch(gateway + path, {
      method,
      headers: { ...headers, "ocp-apim-subscription-key": key, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer: Answer = await response.json();
    return { traceId, status: response.status, headers: response.headers, body: answer };
  }

  /** Where the contract names the operation. */
  const line = (): number =>
    readFileSync(join(folder, CONTRACT), "utf8").split(OPERATION.operationId)[0]?.split("\n").length ?? 0;

  const missing = (severity: string): string =>
    `${CONTRACT}:${line()}:7  ${severity}  handler/missing  ${OPERATION.operationId} has no handler. Write ${HANDLER_FILE}, ` +
    `which begins: import type { Reply } from "../../generated/patient/types.ts"; ` +
    `import type { PatientHandlers } from "./context.ts"; ` +
    `export const ${OPERATION.operationId}: PatientHandlers["${OPERATION.operationId}"] = ` +
    `async (request, context): Promise<Reply<"${OPERATION.operationId}">> => {`;

  beforeAll(() => {
    expect(run("generator/cli.ts", "generate").code).toBe(0);
    original = snapshot(folder);
  });
  afterAll(async () => {
    if (platform?.exitCode === null) {
      platform.kill("SIGTERM");
      await once(platform, "exit");
    }
    remove();
  });

  it("begins with the contract, and one command", () => {
    editContract(folder);
    const { code, lines } = run("generator/cli.ts", "generate");
    expect(code).toBe(0);
    expect(lines.slice(1)).toEqual([missing("warning")]);
    generated = snapshot(folder);
    const changed = changedFiles(original, generated);
    expect(changed).toContain("generated/apim/apis/patient/operations/getPatientInitials.xml");
    expect(changed.filter((file) => !file.startsWith("generated/"))).toEqual([CONTRACT]);
  });

  it("goes on with the file that the compiler, the build and the start name", () => {
    expect(compileErrors(folder, ["handlers/patient/index.ts", "generated/patient/handlers.ts"])).toEqual([
      `generated/patient/handlers.ts: Cannot find module '../../${HANDLER_FILE}' or its corresponding type declarations.`,
    ]);
    expect(run("generator/cli.ts", "build")).toEqual({ code: 2, lines: [missing("error")] });
    expect(run("platform/main.ts")).toEqual({
      code: 1,
      lines: [`Specimen cannot start: ${missing("error")}`],
    });
  });

  it("ends with that file: the operation is served, recorded, and held to its policy", async () => {
    writeHandler(folder);
    platform = spawn(process.execPath, [...node, "platform/main.ts"], {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const text of createInterface({ input: platform.stdout ?? process.stdin })) {
      gateway ||= /gateway +(http:\S+)\/patient/.exec(text)?.[1] ?? "";
      if (text.startsWith("Try:")) break;
    }
    const vera = {
      firstName: "Vera",
      lastName: "Muster",
      gender: "female",
      dateOfBirth: "1984-05",
      postCode: "3012",
    };
    const { id } = (await call("POST", "/patient", vera)).body;

    const read = await call("GET", `/patient/${id}/initials`);
    expect([read.status, read.body]).toEqual([200, { initials: "VM" }]);
    // On a busy machine a record goes by the outbox, and comes a few seconds later.
    const records = await eventually(async () => {
      const { body } = await call("GET", `/audit/records?traceId=${read.traceId}`, undefined, AUDITOR_KEY);
      return Array.isArray(body) && body.length === 2 ? body : null;
    });
    expect(records).toMatchObject([
      { phase: "outcome", operationId: OPERATION.operationId, patientId: id, outcome: { status: 200 } },
      { phase: "intent", operationId: OPERATION.operationId, resource: { type: "patient", id } },
    ]);
    const unknown = await call("GET", "/patient/00000000-0000-7000-8000-00000000dead/initials");
    expect([unknown.status, unknown.body.code]).toEqual([404, "patient-not-found"]);
    const third = await call("GET", `/patient/${id}/initials`);
    expect([third.status, third.headers.get("retry-after")]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect((await call("GET", `/patient/${id}`)).status).toBe(200);
  });

  it("takes nothing else", () => {
    expect(
      compileErrors(folder, ["handlers/patient/index.ts", "generated/patient/handlers.ts", HANDLER_FILE]),
    ).toEqual([]);
    const last = snapshot(folder);
    expect(changedFiles(generated, last)).toEqual([HANDLER_FILE]);
    expect(changedFiles(original, last).filter((file) => !file.startsWith("generated/"))).toEqual([
      HANDLER_FILE,
      CONTRACT,
    ]);
  });
});
