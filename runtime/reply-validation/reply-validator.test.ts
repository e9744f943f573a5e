import { describe, expect, it } from "@jest/globals";
import type { Reply } from "../reply.ts";
import { caught, problemOf } from "../testing/caught.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { fakeOperation } from "../testing/fake-operation.ts";
import { recordingLog } from "../testing/recording-log.ts";
import { ReplyContractError } from "./reply-contract-error.ts";
import { replyValidator } from "./reply-validator.ts";
import type { ReplyValidationOptions } from "./reply-validator.ts";

const OPERATION = fakeOperation();
const NAMES = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  requestId: "0198c0de-0000-7000-8000-00000000abcd",
};
const VALID: Reply = { status: 304, headers: { etag: '"1"' } };
const BROKEN: Reply = { status: 304, headers: { etag: "canary" } };
const FAULT = {
  operationId: "getPatient",
  status: 304,
  rule: "pattern",
  pointer: "/paths/~1patient~1{patientId}/get/responses/304/headers/etag",
};

function setUp(options: Partial<ReplyValidationOptions> = {}) {
  const [recorded, clock] = [recordingLog(), fakeClock()];
  const replies = replyValidator({
    validation: "throw",
    rate: 1,
    random: () => 0,
    clock,
    log: recorded.write,
    ...options,
  });
  const check = (reply: Reply) => replies.check(reply, OPERATION, NAMES);
  return { check, clock, events: recorded.events };
}

describe("replyValidator", () => {
  it.each(["throw", "refuse", "log"] as const)(
    "has nothing against an answer that keeps the contract: %s",
    (validation) => {
      const { check, events } = setUp({ validation });
      check(VALID);
      expect(events).toEqual([]);
    },
  );

  it("throws an error that says where and which rule, in tests", async () => {
    const { check, events } = setUp({ validation: "throw" });
    const error = await caught(() => check(BROKEN));
    expect(error).toBeInstanceOf(ReplyContractError);
    expect(error).toMatchObject({ fault: FAULT });
    expect(String(error)).toBe(
      "ReplyContractError: getPatient answered 304 against its contract: pattern at " +
        "/paths/~1patient~1{patientId}/get/responses/304/headers/etag",
    );
    expect(events).toEqual([{ level: "error", event: "reply-breaks-contract", ...FAULT, ...NAMES }]);
  });

  it("refuses with a problem, in staging", async () => {
    const { check, events } = setUp({ validation: "refuse" });
    const { code, options } = await problemOf(() => check(BROKEN));
    expect(code).toBe("internal-error");
    expect(options.cause).toBeInstanceOf(ReplyContractError);
    expect(events).toMatchObject([FAULT]);
  });

  it("lets it leave and logs it, in production", () => {
    const { check, events } = setUp({ validation: "log" });
    check(BROKEN);
    expect(events).toMatchObject([FAULT]);
  });

  it("looks at a share of the answers, in production", () => {
    const drawn = [0.25, 0.249, 0, 0.999];
    const { check, events } = setUp({ validation: "log", rate: 0.25, random: () => drawn.shift() ?? 1 });
    for (const expected of [0, 1, 2, 2]) {
      check(BROKEN);
      expect(events).toHaveLength(expected);
    }
  });

  it.each([
    [0, 0],
    [1, 1],
  ])("looks at none with a rate of 0 and at all with 1: %d", (rate, seen) => {
    for (const random of [() => 0, () => 1 - Number.EPSILON]) {
      const { check, events } = setUp({ validation: "log", rate, random });
      check(BROKEN);
      expect(events).toHaveLength(seen);
    }
  });

  it.each(["throw", "refuse"] as const)("looks at every answer elsewhere: %s", async (validation) => {
    const { check } = setUp({ validation, rate: 0 });
    expect(await caught(() => check(BROKEN))).toBeDefined();
  });

  it("tells how many lines it has held back with the next answer, whatever it is", () => {
    const { check, clock, events } = setUp({ validation: "log" });
    for (let count = 0; count < 1_000; count += 1) check(BROKEN);
    expect(events).toHaveLength(10);
    clock.advance(60_000);
    check(VALID);
    expect(events.slice(10)).toEqual([
      { level: "error", event: "reply-faults-suppressed", operationId: "getPatient", suppressed: 990 },
    ]);
  });

  it("throws although its lines are used up", async () => {
    const { check, events } = setUp();
    const errors = await Promise.all(Array.from({ length: 20 }, () => caught(() => check(BROKEN))));
    expect(errors.every((error) => error instanceof ReplyContractError)).toBe(true);
    expect(events).toHaveLength(10);
  });
});
