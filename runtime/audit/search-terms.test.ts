import { describe, expect, it } from "@jest/globals";
import { searchTerms } from "./search-terms.ts";

describe("searchTerms", () => {
  it("tells the fields and a keyed hash of each value, never the value", () => {
    const terms = searchTerms({ firstName: "canary", postCode: "3012" }, "key");
    expect(terms.map(({ field }) => field)).toEqual(["firstName", "postCode"]);
    for (const { hash } of terms) expect(hash).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify(terms)).not.toContain("canary");
  });

  it("hashes equal values alike under one key and field, and only there", () => {
    const hash = (field: string, value: unknown, key = "key") =>
      searchTerms({ [field]: value }, key)[0]?.hash;
    expect(hash("firstName", "Vera")).toBe(hash("firstName", "Vera"));
    const others = [hash("lastName", "Vera"), hash("firstName", "vera"), hash("firstName", "Vera", "other")];
    expect(new Set([hash("firstName", "Vera"), ...others]).size).toBe(4);
  });

  it("leaves out what is no text, number or boolean", () => {
    const criteria = { limit: 0, exact: false, list: ["canary"], nested: { canary: 1 }, none: null };
    expect(searchTerms(criteria, "key").map(({ field }) => field)).toEqual(["limit", "exact"]);
  });

  it.each([undefined, null, "text", 7, {}])("has none for %j", (criteria) => {
    expect(searchTerms(criteria, "key")).toEqual([]);
  });
});
