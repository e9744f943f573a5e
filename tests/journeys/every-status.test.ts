import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { startDatabase } from "../../platform/database/start-database.ts";
import { sharedPlatform } from "../support/addresses.ts";
import { callOf, casesOf, UNKNOWN_PATH } from "../support/cases.ts";
import { clientOf, keyOf, publicOperations, request } from "../support/client.ts";
import type { Answer } from "../support/client.ts";
import type { ContractOperation } from "../support/contract.ts";
import { eventually } from "../support/eventually.ts";
import { UNKNOWN_ID } from "../support/people.ts";
import { rawCall } from "../support/raw-request.ts";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";

const shared = sharedPlatform();
const { gateway } = shared;

/** What the contract declares and no journey can bring about. */
const NOT_PRODUCED: readonly {
  answer: string;
  of: (operation: ContractOperation) => boolean;
  because: string;
}[] = [
  {
    answer: "500 application/problem+json",
    of: () => true,
    because: "only a fault in our code makes an app answer so: runtime/pipeline.test.ts has one",
  },
  {
    answer: "404 application/json",
    of: ({ path }) => !path.includes("{"),
    because: "the gateway finds an operation at this very address, always",
  },
  {
    answer: "413 application/json",
    of: ({ takesBody }) => !takesBody,
    because: "nobody reads a body that the operation does not take",
  },
  {
    answer: "404 application/problem+json",
    of: ({ operationId }) => operationId === "getLatestCheckpoint",
    because:
      "there is a checkpoint a few seconds after the start: tests/integration/ledger has a ledger without",
  },
  {
    answer: "409 application/problem+json",
    of: ({ operationId }) => operationId === "getAuditRecordProof",
    because: "the next checkpoint may come before the question: register.test.ts asks until it has seen one",
  },
];

/** What was answered, by operation. The client holds each answer against the contract as it comes. */
const produced = new Map<string, Set<string>>();
const problems: Answer[] = [];

function note({ operationId }: ContractOperation, answer: Answer): void {
  const mediaType = answer.headers.get("content-type");
  const answers = produced.get(operationId) ?? new Set();
  produced.set(
    operationId,
    answers.add(mediaType === null ? `${answer.status}` : `${answer.status} ${mediaType}`),
  );
  if (mediaType === "application/problem+json") problems.push(answer);
}

describe("every operation answers through the gateway", () => {
  beforeAll(async () => {
    for (const operation of publicOperations) await answersOfHealth(operation);
    await answersOfFailure();
  }, 90_000);

  it.each(publicOperations.map((one) => [one.operationId, one] as const))(
    "%s: with exactly the statuses and content types of its contract",
    (operationId, operation) => {
      const excepted = NOT_PRODUCED.filter((one) => one.of(operation)).map(({ answer }) => answer);
      expect([...(produced.get(operationId) ?? [])].sort()).toEqual(
        operation.answers.filter((one) => !excepted.includes(one)).sort(),
      );
    },
  );

  it("with a detail in every problem", () => {
    const without = problems.filter(({ body }) => typeof body.detail !== "string" || body.detail === "");
    expect(without.map(({ body }) => body.code)).toEqual([]);
  });
});

async function answersOfHealth(operation: ContractOperation): Promise<void> {
  const { call } = clientOf(gateway);
  const { operationId, method, path } = operation;
  for (const { made } of await casesOf(operation, shared)) note(operation, await call(operationId, made));
  note(operation, await call(operationId, { ...callOf(operation, UNKNOWN_PATH), key: null }));
  await answersOfHost(operation);
  if (!path.includes("{")) return;
  const unreadable = gateway + path.replace(/\{\w+\}/g, "%zz");
  note(operation, await request(method, unreadable, { key: keyOf(operation) }));
}

/** What an app's host refuses before the app sees it, in the gateway's words. */
async function answersOfHost(operation: ContractOperation): Promise<void> {
  const { method, path } = operation;
  const target = path.replace(/\{\w+\}/g, UNKNOWN_ID);
  const send = async (query: string, lines: readonly string[], body = "") =>
    note(operation, await rawCall(gateway, method, target + query, { key: keyOf(operation), lines, body }));
  await send(`?${"x".repeat(5_000)}`, []);
  await send(
    "",
    Array.from({ length: 150 }, (_, index) => `X-Bomb-${index}: 1`),
  );
  if (operation.takesBody) await send("", [`Content-Length: ${120 * 1024 * 1024}`], "{");
}

/** The ways to fail in which `answersOfFailure` lets each operation be called once; the limit is met behind them. */
const CALLS = "3";

async function answersOfFailure(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "specimen-databases-"));
  const [audit, patient] = await Promise.all(
    ["audit", "patient"].map((name) => startDatabase({ directory: join(directory, name), name })),
  );
  const limits = ["audit-export-calls", "audit-read-calls", "patient-read-calls", "patient-write-calls"];
  const platform = await startTestPlatform({
    environment: { MONGODB_URI_AUDIT: audit?.uri ?? "", MONGODB_URI_PATIENT: patient?.uri ?? "" },
    namedValues: Object.fromEntries(limits.map((limit) => [limit, CALLS])),
    appSettings: { DATABASE_TIMEOUT_MS: "1000" },
  });
  try {
    await changeKeys(platform, () => ({ hostKeys: { default: "another" } }));
    await callEach(platform, "503 application/json");
    await changeKeys(platform, (api) => platform.keys[api]);
    await Promise.all([audit?.close(), patient?.close()]);
    await callEach(platform, "503 application/problem+json");
    await killForGood(platform);
    await callEach(platform, "500 application/json");
    await callEach(platform, "429 application/json");
  } finally {
    await platform.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function callEach(platform: TestPlatform, expected: string): Promise<void> {
  const { call } = clientOf(platform.gateway);
  const answers = await Promise.all(
    publicOperations.map(async (operation) => {
      const answer = await call(operation.operationId, callOf(operation, UNKNOWN_PATH));
      note(operation, answer);
      return [operation.operationId, `${answer.status} ${answer.headers.get("content-type") ?? ""}`];
    }),
  );
  expect(answers).toEqual(publicOperations.map(({ operationId }) => [operationId, expected]));
}

/** Gives the apps other keys, and waits until the gateway's opens them no more, or again. */
async function changeKeys(platform: TestPlatform, keysOf: (api: string) => unknown): Promise<void> {
  for (const api of Object.keys(platform.apps)) {
    const keys = keysOf(api);
    await writeKeys(platform, api, JSON.stringify(keys));
    const isOpen = keys === platform.keys[api];
    await eventually(async () => ((await askApp(platform, api)) !== 401) === isOpen);
  }
}

/** An app whose keys cannot be read does not start again. */
async function killForGood(platform: TestPlatform): Promise<void> {
  for (const [api, processId] of Object.entries(await platform.processIds())) {
    await writeKeys(platform, api, "{");
    process.kill(processId, "SIGKILL");
    await eventually(() =>
      askApp(platform, api).then(
        () => false,
        () => true,
      ),
    );
  }
}

function writeKeys({ stateDirectory }: TestPlatform, api: string, text: string): Promise<void> {
  return writeFile(join(stateDirectory, "apps", api, "keys.json"), text);
}

async function askApp({ apps, keys }: TestPlatform, api: string): Promise<number> {
  const path = api === "audit" ? `/audit/records/${UNKNOWN_ID}` : `/patient/${UNKNOWN_ID}`;
  const headers = { "x-functions-key": keys[api]?.hostKeys.default ?? "" };
  return (await request("GET", `${apps[api] ?? ""}${path}`, { key: null, headers })).status;
}
