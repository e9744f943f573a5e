import { randomBytes, randomUUID } from "node:crypto";
import { readContract } from "../support/contract.ts";
import type { SmokeOptions } from "./read-options.ts";

export interface SmokeTools {
  /** Prints a line. Ids, codes and times: no key, and nothing of a patient. */
  readonly say: (line: string) => void;
  /** Milliseconds, from anywhere. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

/** What a step needs of an answer. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

interface Call {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A record may come a little later, by the outbox; a checkpoint comes every 5 s. */
const REGISTER_MS = 60_000;
const POLL_MS = 1_000;
const CALL_MS = 30_000;

const contract = readContract();

/**
 * The life of a synthetic patient, and how the register saw it: what tells within seconds that gateway, apps, databases, keys and
 * register of an environment work together. Each answer is held against the contract. The patient is deleted, also when a
 * step fails; the records stay, as those of any access.
 * @throws with the step that failed
 */
export async function smokeJourney(options: SmokeOptions, tools: SmokeTools): Promise<void> {
  const { say } = tools;
  const traceId = randomBytes(16).toString("hex");
  const call = callerOf(options, traceId);
  const begin = tools.now();
  const step = async <T>(what: string, take: () => Promise<T>): Promise<T> => {
    const since = tools.now();
    try {
      const result = await take();
      say(`ok      ${what.padEnd(WIDTH)}${Math.round(tools.now() - since)} ms`);
      return result;
    } catch (error) {
      throw new Error(`${what}: ${messageOf(error)}`, { cause: error });
    }
  };
  say(`trace   ${traceId}`);

  const person = somebody();
  const created = await step("create a synthetic patient", () =>
    call("createPatient", 201, { body: person }),
  );
  const patientId = idOf(created.body);
  const path = { patientId };
  let deleted = false;
  try {
    await step("read the patient", async () => {
      const { body } = await call("getPatient", 200, { path });
      expectThat(idOf(body) === patientId, "another patient was answered");
    });
    await step("add a test", () => call("createTest", 201, { path, body: TEST }));
    await step("find the patient by name", async () => {
      const { body } = await call("searchPatients", 200, { body: { lastName: person.lastName } });
      const found = Array.isArray(body) ? body.map(idOf) : [];
      expectThat(found.length === 1 && found[0] === patientId, `${found.length} patients were found`);
    });
    await step("delete the patient", () => call("deletePatient", 204, { path }));
    deleted = true;
  } finally {
    // Best effort: the step that failed is what is told.
    if (!deleted) await call("deletePatient", 204, { path }).catch(() => undefined);
  }

  await step(`see ${ACCESSES.length} accesses in the register`, () =>
    polled(tools, async () => {
      const { body } = await call("listAuditRecords", 200, { query: { traceId, phase: "outcome" } });
      const seen = new Set(Array.isArray(body) ? body.flatMap((record) => successOf(record, traceId)) : []);
      const missing = ACCESSES.filter((operationId) => !seen.has(operationId));
      return missing.length === 0 || `the register has no success of ${missing.join(", ")}`;
    }),
  );
  const sequence = await step("fetch the latest checkpoint", async () => {
    let latest = -1;
    await polled(tools, async () => {
      const { status, body } = await call("getLatestCheckpoint", [200, 404]);
      const { sequence } = membersOf(body);
      if (status === 200 && typeof sequence === "number") latest = sequence;
      return latest >= 0 || "there is no checkpoint";
    });
    return latest;
  });
  say(`passed  checkpoint ${sequence}, ${((tools.now() - begin) / 1000).toFixed(1)} s in all`);
}

const ACCESSES = ["createPatient", "getPatient", "createTest", "searchPatients", "deletePatient"];
const WIDTH = 40;

/** The name is nobody else's, so that a search finds one patient. */
function somebody() {
  return {
    firstName: "Smoke",
    lastName: `Synthetic ${randomUUID()}`,
    gender: "unknown",
    dateOfBirth: "2000-01-01",
    postCode: "0000",
  };
}

const TEST = {
  performer: "SMOKE",
  orderReference: "SMOKE",
  observations: [
    {
      id: "SMOKE",
      code: "2345-7",
      measurement: "5.1 mmol/L",
      interpretation: "N",
      issued: "2026-01-01T00:00:00.000Z",
      status: "final",
    },
  ],
};

type Caller = (operationId: string, expected: number | readonly number[], call?: Call) => Promise<Answer>;

/** Calls operations of the contract with the key of their product, all in one trace. */
function callerOf({ gateway, partnerKey, auditorKey }: SmokeOptions, traceId: string): Caller {
  return async (operationId, expected, { path = {}, query = {}, body } = {}) => {
    const operation = contract.operations.get(operationId);
    if (!operation) throw new Error(`the contract has no operation ${operationId}`);
    const target = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? "");
    const search = new URLSearchParams(query).toString();
    const response = await fetch(`${gateway}${target}${search === "" ? "" : `?${search}`}`, {
      method: operation.method,
      redirect: "error",
      headers: {
        "ocp-apim-subscription-key": operation.api === "audit" ? auditorKey : partnerKey,
        traceparent: `00-${traceId}-${randomBytes(8).toString("hex")}-01`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(CALL_MS),
    });
    const text = await response.text();
    const { status, headers } = response;
    const answer = { status, headers, text, body: parsed(text) };
    const wanted = typeof expected === "number" ? [expected] : expected;
    if (!wanted.includes(status))
      throw new Error(
        `${operationId} answered ${status}${codeOf(answer.body)}, expected ${wanted.join(" or ")}`,
      );
    const faults = contract.faults(operationId, answer);
    expectThat(faults.length === 0, `${operationId} answered against its contract: ${faults.join("; ")}`);
    return answer;
  };
}

/** Asks until it is so. @throws what it was last, when the time is over */
async function polled({ now, wait }: SmokeTools, ask: () => Promise<true | string>): Promise<void> {
  const deadline = now() + REGISTER_MS;
  for (;;) {
    const answer = await ask();
    if (answer === true) return;
    if (now() >= deadline) throw new Error(`after ${REGISTER_MS / 1000} s ${answer}`);
    await wait(POLL_MS);
  }
}

/** The operation of a record of ours that ended well. */
function successOf(record: unknown, traceId: string): string[] {
  const { operationId, traceId: its, outcome } = membersOf(record);
  const ok = its === traceId && membersOf(outcome).code === 0;
  return ok && typeof operationId === "string" ? [operationId] : [];
}

function idOf(body: unknown): string {
  const { id } = membersOf(body);
  if (typeof id !== "string") throw new Error("the answer has no id");
  return id;
}

/** A problem's code; nothing else of an answer is shown. */
function codeOf(body: unknown): string {
  const { code } = membersOf(body);
  return typeof code === "string" ? ` ${code}` : "";
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** fetch hides behind "fetch failed" what it was. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  const { cause } = error;
  return cause instanceof Error && error.message === "fetch failed" ? cause.message : error.message;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
