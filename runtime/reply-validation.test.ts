import { describe, expect, it } from "@jest/globals";
import type { Reply } from "./reply.ts";
import { checkReply } from "./reply-validation.ts";
import { problemOf } from "./testing/caught.ts";
import { fakeOperation } from "./testing/fake-operation.ts";
import { recordingLog } from "./testing/recording-log.ts";

const OPERATION = fakeOperation();
const PATIENT = {
  id: "0198c0de-0000-7000-8000-000000000001",
  firstName: "canary",
  gender: "female",
  dateOfBirth: "1984",
  postCode: "3012",
  lastUpdated: "2026-11-20T08:30:00.000Z",
};
const VALID: Reply = { status: 200, headers: { etag: '"1"' }, body: PATIENT };

const BROKEN: readonly [string, Reply, string | RegExp][] = [
  ["an undeclared status", { ...VALID, status: 201 }, "undeclared-status"],
  ["a status that is a name of Object's", { ...VALID, status: Number.NaN }, "undeclared-status"],
  ["a missing header", { status: 200, body: PATIENT }, /required$/],
  ["a body that breaks its schema", { ...VALID, body: { ...PATIENT, gender: "canary" } }, /enum$/],
  ["an unknown member", { ...VALID, body: { ...PATIENT, canary: 1 } }, /additionalProperties$/],
  ["a missing body", { status: 200, headers: { etag: '"1"' } }, /required$/],
];

describe("checkReply", () => {
  it("is silent about an answer that keeps the contract", () => {
    const log = recordingLog();
    checkReply(VALID, OPERATION, "refuse", log.write);
    checkReply({ status: 304, headers: { etag: '"1"' } }, OPERATION, "refuse", log.write);
    expect(log.events).toEqual([]);
  });

  it.each(BROKEN)("refuses %s, and logs the rule but no value", async (_name, reply, rule) => {
    const log = recordingLog();
    const { code, options } = await problemOf(() => checkReply(reply, OPERATION, "refuse", log.write));
    expect(code).toBe("internal-error");
    expect(options).toEqual({});
    expect(log.events).toMatchObject([
      { level: "error", event: "reply-breaks-contract", operationId: "getPatient", status: reply.status },
    ]);
    expect(log.events[0]?.rule).toMatch(rule);
    expect(JSON.stringify(log.events)).not.toContain("canary");
  });

  it.each(BROKEN)("only logs %s where answers are only logged", (_name, reply) => {
    const log = recordingLog();
    checkReply(reply, OPERATION, "log", log.write);
    expect(log.events).toHaveLength(1);
  });
});
