import { describe, expect, it } from "@jest/globals";
import { someSpan } from "../testing/some-span.ts";
import { recordingLog } from "../testing/recording-log.ts";
import { recordingSink } from "../testing/recording-sink.ts";
import type { AuditRecord } from "./audit-record.ts";
import type { AuditSink } from "./audit-sink.ts";
import { RecordConflictError } from "./http-audit-sink.ts";
import { sinkWithFallback } from "./sink-with-fallback.ts";

const RECORD: AuditRecord = {
  id: "0198c0de-0000-7000-8000-0000000000aa:intent",
  accessId: "0198c0de-0000-7000-8000-0000000000aa",
  phase: "intent",
  createdDate: "2026-11-20T08:30:00.000Z",
  sourceSystemName: "patient",
  operationId: "getPatient",
  action: "R",
  resource: { type: "patient", operation: "read" },
  actor: { subscription: "partner-1" },
  traceId: "0af7651916cd43dd8448eb211c80319c",
  requestId: "0198c0de-0000-7000-8000-0000000000aa",
};

/** A register that can be away, an outbox that can be full, and a clock that stands. */
function sinks() {
  const state = { away: false, full: false, time: 0 };
  const register = recordingSink([], () => state.away);
  const outbox = recordingSink([], () => state.full);
  const log = recordingLog();
  const sink = sinkWithFallback({
    first: register,
    second: outbox,
    log: log.write,
    pauseMs: 1_000,
    elapsed: () => state.time,
  });
  const append = () => sink.append(RECORD, someSpan());
  const counts = () => [register.records.length, outbox.records.length];
  return { state, append, counts, events: log.events };
}

describe("sinkWithFallback", () => {
  it("stores a record once, in the register while that answers", async () => {
    const { append, counts, events } = sinks();
    await append();
    expect([counts(), events]).toEqual([[1, 0], []]);
  });

  it("stores a record in the outbox when the register is away, and says so once", async () => {
    const { state, append, counts, events } = sinks();
    state.away = true;
    await append();
    await append();
    expect(counts()).toEqual([0, 2]);
    expect(events).toEqual([{ level: "warn", event: "register-away", cause: "Error" }]);
  });

  it("stores a record in the outbox that the register contradicts, and takes the register for there", async () => {
    const second = recordingSink();
    const log = recordingLog();
    const first: AuditSink = { append: () => Promise.reject(new RecordConflictError("another")) };
    const sink = sinkWithFallback({ first, second, log: log.write, pauseMs: 1_000 });
    await sink.append(RECORD, someSpan());
    expect([second.records.length, log.events]).toEqual([1, []]);
  });

  it("fails when neither takes it", async () => {
    const { state, append, counts } = sinks();
    Object.assign(state, { away: true, full: true });
    await expect(append()).rejects.toThrow();
    await expect(append()).rejects.toThrow();
    expect(counts()).toEqual([0, 0]);
  });

  it("asks an absent register again after the pause, and goes back to it", async () => {
    const { state, append, counts, events } = sinks();
    state.away = true;
    await append();
    state.away = false;
    await append();
    expect(counts()).toEqual([0, 2]);
    state.time = 1_000;
    await append();
    await append();
    expect(counts()).toEqual([2, 2]);
    expect(events.map(({ event }) => event)).toEqual(["register-away", "register-back"]);
  });

  it("has one record at a time find out whether the register is back", async () => {
    let asked = 0;
    const { promise, reject } = Promise.withResolvers<undefined>();
    const first: AuditSink = {
      append: () => (asked++ === 0 ? Promise.reject(new Error("away")) : promise),
    };
    const second = recordingSink();
    let time = 0;
    const sink = sinkWithFallback({
      ...{ first, second, log: recordingLog().write },
      ...{ pauseMs: 1_000, elapsed: () => time },
    });
    await sink.append(RECORD, someSpan());
    time = 1_000;
    const probe = sink.append(RECORD, someSpan());
    await sink.append(RECORD, someSpan());
    expect([asked, second.records.length]).toEqual([2, 2]);
    reject(new Error("still away"));
    await probe;
    expect(second.records).toHaveLength(3);
  });
});
