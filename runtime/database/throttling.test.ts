import { describe, expect, it } from "@jest/globals";
import { MongoServerError } from "mongodb";
import { caught } from "../testing/caught.ts";
import { throttlingDelay, withThrottling } from "./throttling.ts";

const throttled = (message = "Error=16500, RetryAfterMs=8, Details='x'") =>
  new MongoServerError({ message, code: 16500 });

/** An operation that fails as it is told, on a clock that only sleeping moves. */
function world({ failures = [] as readonly Error[], deadlineMs = 1_000, random = 0 } = {}) {
  const slept: number[] = [];
  let tries = 0;
  const run = () =>
    withThrottling(
      async () => {
        const failure = failures[tries++];
        return failure === undefined ? "done" : await Promise.reject(failure);
      },
      {
        deadlineMs,
        random: () => random,
        sleep: (milliseconds) => Promise.resolve(slept.push(milliseconds)),
        elapsed: () => slept.reduce((sum, one) => sum + one, 0),
      },
    );
  return { run, slept, tries: () => tries };
}

describe("withThrottling", () => {
  it("runs an operation once when it is not throttled", async () => {
    const { run, slept, tries } = world();
    expect(await run()).toBe("done");
    expect([tries(), slept]).toEqual([1, []]);
  });

  it("waits as long as the server asks for", async () => {
    const { run, slept } = world({ failures: [throttled(), throttled("RetryAfterMs=120")] });
    expect(await run()).toBe("done");
    expect(slept).toEqual([8, 120]);
  });

  it("adds jitter, never less than the server asks for", async () => {
    const { run, slept } = world({ failures: [throttled("RetryAfterMs=100")], random: 0.5 });
    await run();
    expect(slept).toEqual([150]);
  });

  it("waits 50 ms when the server does not say how long", async () => {
    const { run, slept } = world({ failures: [throttled("Request rate is large")] });
    await run();
    expect(slept).toEqual([50]);
  });

  it("starts no try after the deadline, and throws what it last got", async () => {
    const failures = Array.from({ length: 20 }, (_, index) => throttled(`RetryAfterMs=100 no ${index}`));
    const { run, slept, tries } = world({ failures, deadlineMs: 350 });
    expect(await caught(run)).toBe(failures[3]);
    expect([tries(), slept]).toEqual([4, [100, 100, 100]]);
  });

  it("does not wait for a time that is past the deadline", async () => {
    const { run, slept } = world({ failures: [throttled("RetryAfterMs=999999")] });
    await expect(run()).rejects.toMatchObject({ code: 16500 });
    expect(slept).toEqual([]);
  });

  it.each([
    new MongoServerError({ message: "RetryAfterMs=8", code: 11000 }),
    new Error("Error=16500, RetryAfterMs=8"),
    Object.assign(new Error("RetryAfterMs=8"), { code: "16500" }),
  ])("does not repeat what failed otherwise: %s", async (failure) => {
    const { run, tries } = world({ failures: [failure] });
    expect(await caught(run)).toBe(failure);
    expect(tries()).toBe(1);
  });

  it("stops repeating after a failure of another kind", async () => {
    const { run, tries } = world({ failures: [throttled(), new Error("gone")] });
    await expect(run()).rejects.toThrow("gone");
    expect(tries()).toBe(2);
  });

  it("lets 64 requests of the process wait at once, and the others fail at once", async () => {
    const waiting = Promise.withResolvers<undefined>();
    let failing = true;
    const run = () =>
      withThrottling(() => (failing ? Promise.reject(throttled()) : Promise.resolve("done")), {
        deadlineMs: 1_000,
        sleep: () => waiting.promise,
        elapsed: () => 0,
      });
    const all = Promise.allSettled(Array.from({ length: 100 }, run));
    await new Promise<void>((resolve) => setImmediate(resolve));
    failing = false;
    waiting.resolve(undefined);
    const results = await all;
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(64);
    failing = true;
    const later = world({ failures: [throttled()] });
    expect(await later.run()).toBe("done");
  });

  it("gives its place back when waiting fails", async () => {
    for (let index = 0; index < 65; index++) {
      const run = () =>
        withThrottling(() => Promise.reject(throttled()), {
          deadlineMs: 1_000,
          sleep: () => Promise.reject(new Error("stopped")),
          elapsed: () => 0,
        });
      await expect(run()).rejects.toThrow("stopped");
    }
  });
});

describe("throttlingDelay", () => {
  it.each([
    [throttled("RetryAfterMs=0"), 0],
    [throttled("RetryAfterMs=1234567"), 123456],
    [throttled("RetryAfterMs=-1"), 50],
    [null, null],
    [undefined, null],
  ])("of %s is %s", (error, delay) => {
    expect(throttlingDelay(error)).toBe(delay);
  });
});
