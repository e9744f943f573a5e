import { describe, expect, it } from "@jest/globals";
import { ValueCache } from "./value-cache.ts";

describe("ValueCache", () => {
  it("keeps a value, null included, until its duration is over", () => {
    let now = 0;
    const cache = new ValueCache(() => now);
    cache.store("k", null, 2);
    now = 1_999;
    expect(cache.lookup("k")).toMatchObject({ value: null });
    now = 2_000;
    expect(cache.lookup("k")).toBeUndefined();
  });

  it("drops the oldest entry when it is full", () => {
    const cache = new ValueCache(() => 0, 2);
    for (const key of ["a", "b", "a", "c"]) cache.store(key, key, 60);
    expect(cache.lookup("a")?.value).toBe("a");
    expect(cache.lookup("b")).toBeUndefined();
    expect(cache.lookup("c")?.value).toBe("c");
  });
});
