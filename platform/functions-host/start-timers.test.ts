import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { createCore } from "./core-api.ts";
import type { CoreInvocationContext } from "./core-types.ts";
import { startTimers, type Timers } from "./start-timers.ts";
import { createTestApp } from "./test-support/test-app.ts";

const START = Date.parse("2026-11-20T12:00:00Z");

describe("startTimers", () => {
  let now: number;
  let waiting: { at: number; callback: () => void }[];
  let runs: { at: number; status: unknown; finish: (error?: Error) => void }[];
  let lines: string[];
  let timers: Timers;

  beforeEach(() => {
    now = START;
    [waiting, runs, lines] = [[], [], []];
  });

  afterEach(() => {
    for (const run of runs) run.finish();
    return timers.stop();
  });

  const clock = {
    now: () => now,
    after(delay: number, callback: () => void) {
      const entry = { at: now + delay, callback };
      waiting.push(entry);
      return () => void (waiting = waiting.filter((each) => each !== entry));
    },
  };

  function start(schedule: string, runOnStartup = false): void {
    const log = {
      write: (...[level, , message, name]: unknown[]) => void lines.push([level, name, message].join(" ")),
    };
    const handle = (timer: unknown) =>
      new Promise<void>((resolve, reject) => {
        runs.push({ at: now, status: timer, finish: (error) => (error ? reject(error) : resolve()) });
      });
    const model = {
      name: "test",
      version: "1",
      getCapabilities: () => ({}),
      getInvocationModel: (context: CoreInvocationContext) => ({
        getArguments: () =>
          Promise.resolve({
            context: {},
            inputs: [JSON.parse(context.request.inputData[0]?.data.json ?? "") as unknown],
          }),
        invokeFunction: async (_: object, [timer]: unknown[]) => handle(timer),
        getResponse: () => Promise.resolve({}),
      }),
    };
    const metadata = { name: "relay", bindings: {} };
    const relay = {
      name: "relay",
      trigger: "timer",
      schedule,
      runOnStartup,
      metadata,
      callback: () => undefined,
    };
    timers = startTimers([relay], { core: createCore(log), model, log, appHookData: {} }, clock);
  }

  /** Lets the time pass up to the next call-back, and what follows from it happen. */
  async function pass(): Promise<void> {
    const [next, ...rest] = waiting.sort((a, b) => a.at - b.at);
    if (!next) throw new Error("nothing waits");
    waiting = rest;
    now = Math.max(now, next.at);
    next.callback();
    await settle();
  }

  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it("runs at each time of the schedule and tells the handler about it", async () => {
    start("0 */5 * * * *");
    await pass();
    runs[0]?.finish();
    await settle();
    await pass();
    expect(runs.map(({ at }) => at - START)).toEqual([300_000, 600_000]);
    expect(runs[1]?.status).toMatchObject({
      IsPastDue: false,
      ScheduleStatus: { Last: "2026-11-20T12:05:00.000Z", Next: "2026-11-20T12:15:00.000Z" },
    });
  });

  it("never runs twice at a time, and skips the times that it missed", async () => {
    start("0 */5 * * * *");
    await pass();
    expect(waiting).toEqual([]);
    now = START + 1_000_000;
    runs[0]?.finish();
    await settle();
    expect(waiting.map(({ at }) => at - START)).toEqual([1_200_000]);
  });

  it("goes on after a run that failed, and logs its kind alone", async () => {
    start("0 0 * * * *");
    await pass();
    runs[0]?.finish(new RangeError("Ada Lovelace"));
    await settle();
    expect(lines).toEqual([expect.stringMatching(/^error relay failed with RangeError at /)]);
    await pass();
    expect(runs).toHaveLength(2);
  });

  it("waits in steps for a time that is further off than a timer can wait", async () => {
    start("0 0 0 1 1 *");
    expect(waiting[0]?.at).toBe(START + 2 ** 31 - 1);
    await pass();
    expect(runs).toEqual([]);
    await pass();
    expect(new Date(now).toISOString()).toBe("2027-01-01T00:00:00.000Z");
    expect(runs).toHaveLength(1);
  });

  it("runs by hand beside the schedule, and waits for that too", async () => {
    start("0 */5 * * * *");
    expect([timers.run("RELAY"), timers.run("unknown")]).toEqual([true, false]);
    await settle();
    await pass();
    expect(runs.map(({ at }) => at - START)).toEqual([0, 300_000]);
    expect(runs[0]?.status).toMatchObject({ ScheduleStatus: { Next: "2026-11-20T12:05:00.000Z" } });
    let isStopped = false;
    const stopped = timers.stop().then(() => (isStopped = true));
    runs[1]?.finish();
    await settle();
    expect(isStopped).toBe(false);
    runs[0]?.finish(new RangeError("Ada Lovelace"));
    await stopped;
    expect(lines).toEqual([expect.stringMatching(/^error relay failed with RangeError at /)]);
  });

  it("starts nothing after the stop, and waits for what is under way", async () => {
    start("0 */5 * * * *", true);
    await settle();
    expect(runs).toHaveLength(1);
    let isStopped = false;
    const stopped = timers.stop().then(() => (isStopped = true));
    await settle();
    expect(isStopped).toBe(false);
    runs[0]?.finish();
    await stopped;
    expect(waiting).toEqual([]);
  });
});

describe("a timer function in a real app", () => {
  it("gets the library's timer", async () => {
    const app = await createTestApp(`
      app.timer("relay", { schedule: "%WHEN%", runOnStartup: true,
        handler: (timer, context) => context.log(timer.isPastDue, timer.schedule.adjustForDST, timer.scheduleStatus.next) });
    `);
    await app.start({ environment: { WHEN: "0 0 0 1 1 *" } });
    expect(await app.sees("information relay:")).toMatch(
      /^information relay: false true \d{4}-01-01T00:00:00\.000Z$/,
    );
    await app.remove();
  });
});
