import { describe, expect, it } from "@jest/globals";
import { fakeClock } from "../testing/fake-clock.ts";
import { recordingLog } from "../testing/recording-log.ts";
import { faultLog, LINES_PER_MINUTE } from "./fault-log.ts";

const FAULT = { operationId: "getPatient", status: 200, rule: "maxLength", pointer: "/paths" };
const NAMES = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  requestId: "0198c0de-0000-7000-8000-00000000abcd",
};

function setUp() {
  const [recorded, clock] = [recordingLog(), fakeClock()];
  const faults = faultLog(recorded.write, clock);
  const write = (times: number, operationId = "getPatient") => {
    for (let count = 0; count < times; count += 1) faults.write({ ...FAULT, operationId }, NAMES);
  };
  const said = () =>
    recorded.events.map(({ event, operationId, suppressed }) => [event, operationId, suppressed]);
  return { faults, clock, write, said, events: recorded.events };
}

describe("faultLog", () => {
  it("writes what is broken, where, and in which request", () => {
    const { write, events } = setUp();
    write(1);
    expect(events).toEqual([{ level: "error", event: "reply-breaks-contract", ...FAULT, ...NAMES }]);
  });

  it("writes a number of lines for an operation and minute, and counts the rest", () => {
    const { faults, clock, write, events, said } = setUp();
    write(LINES_PER_MINUTE + 5);
    write(1, "getTest");
    expect(events).toHaveLength(LINES_PER_MINUTE + 1);
    clock.advance(59_999);
    faults.settle();
    write(2);
    expect(events).toHaveLength(LINES_PER_MINUTE + 1);
    clock.advance(1);
    faults.settle();
    expect(said().slice(LINES_PER_MINUTE + 1)).toEqual([["reply-faults-suppressed", "getPatient", 7]]);
  });

  it("tells the count once, before the first line of the next minute", () => {
    const { faults, clock, write, said } = setUp();
    write(LINES_PER_MINUTE + 1);
    clock.advance(60_000);
    write(1);
    faults.settle();
    clock.advance(60_000);
    faults.settle();
    expect(said().slice(LINES_PER_MINUTE)).toEqual([
      ["reply-faults-suppressed", "getPatient", 1],
      ["reply-breaks-contract", "getPatient", undefined],
    ]);
  });

  it("says nothing of minutes without faults", () => {
    const { faults, clock, events } = setUp();
    faults.settle();
    clock.advance(3_600_000);
    faults.settle();
    expect(events).toEqual([]);
  });
});
