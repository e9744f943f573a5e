import { describe, expect, it } from "@jest/globals";
import { withinDeadline } from "./within-deadline.ts";

const never = () => new Promise<never>(() => undefined);

describe("withinDeadline", () => {
  it("gives what the work gives, or throws what it throws", async () => {
    const { signal } = new AbortController();
    await expect(withinDeadline(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(withinDeadline(Promise.reject(new Error("its own")), signal)).rejects.toThrow("its own");
  });

  it("does not wait for work that hangs", async () => {
    const controller = new AbortController();
    const waiting = withinDeadline(never(), controller.signal);
    controller.abort(new Error("time is over"));
    await expect(waiting).rejects.toThrow("time is over");
  });

  it("does not wait at all when the time is over already", async () => {
    await expect(withinDeadline(never(), AbortSignal.abort(new Error("over")))).rejects.toThrow("over");
  });
});
