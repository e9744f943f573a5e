import { describe, expect, it } from "@jest/globals";
import { timeOrderedIds } from "./ids.ts";
import { fakeClock } from "./testing/fake-clock.ts";

const VERSION_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("timeOrderedIds", () => {
  it("makes a hundred thousand UUIDs of version 7 within one millisecond, no two alike", () => {
    const next = timeOrderedIds(fakeClock());
    const ids = Array.from({ length: 100_000 }, next);
    expect(ids.filter((id) => !VERSION_7.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(100_000);
  });

  it("uses every random bit: each digit but the version's takes every value", () => {
    const ids = Array.from({ length: 5_000 }, timeOrderedIds(fakeClock()));
    const values = (at: number) => new Set(ids.map((id) => id.charAt(at))).size;
    const random = Array.from({ length: 36 }, (_, at) => at).filter(
      (at) => at > 14 && ![18, 19, 23].includes(at),
    );
    expect(random.map(values)).toEqual(random.map(() => 16));
    expect(values(19)).toBe(4);
  });

  it("orders them by the millisecond of their making", () => {
    const clock = fakeClock();
    const next = timeOrderedIds(clock);
    const ids = Array.from({ length: 1_000 }, () => {
      clock.advance(1);
      return next();
    });
    expect([...ids].sort()).toEqual(ids);
  });

  it("keeps the moment in the first 48 bits (RFC 9562, 5.7)", () => {
    const id = timeOrderedIds(fakeClock("2022-02-22T19:22:22.000Z"))();
    expect(id.slice(0, 15)).toBe("017f22e2-79b0-7");
    expect(timeOrderedIds(fakeClock("1970-01-01T00:00:00.001Z"))()).toMatch(/^00000000-0001-7/);
  });
});
