import { describe, expect, it } from "@jest/globals";
import { CallLimit } from "./call-limit.ts";

describe("CallLimit", () => {
  it("slides its window and forgets in time", () => {
    const limit = new CallLimit();
    let admitted = 0;
    for (let now = 0; now < 100_000; now += 10) if (limit.admit("k", now, 50, 1).admitted) admitted++;
    expect(admitted).toBe(5_000);
  });

  it("says when the next call is admitted", () => {
    const limit = new CallLimit();
    limit.admit("k", 0, 1, 60);
    expect(limit.admit("k", 2_500, 1, 60)).toEqual({ admitted: false, remaining: 0, retryAfter: 58 });
    expect(limit.admit("k", 59_999, 1, 60).retryAfter).toBe(1);
    expect(limit.admit("k", 60_000, 1, 60)).toEqual({ admitted: true, remaining: 0, retryAfter: 0 });
  });

  it("counts a call for as much as it weighs, and not at all when it is refused", () => {
    const limit = new CallLimit();
    expect(limit.admit("k", 0, 5, 60, 4)).toMatchObject({ admitted: true, remaining: 1 });
    expect(limit.admit("k", 0, 5, 60, 2).admitted).toBe(false);
    expect(limit.admit("k", 0, 5, 60, 1)).toMatchObject({ admitted: true, remaining: 0 });
  });
});
