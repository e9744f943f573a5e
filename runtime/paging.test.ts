import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { nextLink, pageOf, pageRequest } from "./paging.ts";
import type { CursorOptions } from "./paging.ts";
import { problemOf } from "./testing/caught.ts";

const OPTIONS: CursorOptions = { keys: ["k".repeat(32)], list: "patients" };
const ID = "0198c0de-0000-7000-8000-000000000001";
const PAGE = { limit: 2, after: undefined };

/** The parameters of a link's target, as a client would send them. */
function follow(link: string | undefined): URLSearchParams {
  const target = /^<([^>]+)>; rel="next"$/.exec(link ?? "")?.[1] ?? "";
  return new URL(target, "http://gateway.test").searchParams;
}

const cursorOf = (id = ID, options = OPTIONS) =>
  follow(nextLink({ path: "/patient/search", lastId: id }, PAGE, options)).get("cursor") ?? "";

describe("pageRequest", () => {
  it("starts at the beginning, with a hundred items", () => {
    expect(pageRequest({}, OPTIONS)).toEqual({ limit: 100, after: undefined });
    expect(pageRequest({ limit: 7 }, OPTIONS)).toEqual({ limit: 7, after: undefined });
  });

  it("continues after the item that the cursor names", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ minLength: 1 }), fc.string(), (id, key, list) => {
        const options: CursorOptions = { keys: [key], list };
        expect(pageRequest({ cursor: cursorOf(id, options) }, options).after).toBe(id);
      }),
    );
  });

  it("takes a cursor of a key that has been replaced, as long as it is known, and signs with the newest", () => {
    const old = cursorOf(ID, { ...OPTIONS, keys: ["old"] });
    const both: CursorOptions = { ...OPTIONS, keys: ["new", "old"] };
    expect(pageRequest({ cursor: old }, both).after).toBe(ID);
    expect(cursorOf(ID, both)).toBe(cursorOf(ID, { ...OPTIONS, keys: ["new"] }));
  });

  const valid = cursorOf();
  const [payload = "", mac = ""] = valid.split(".");
  const other = Buffer.from(ID.replace(/1$/, "2")).toString("base64url");

  it.each([
    ["of another list", cursorOf(ID, { ...OPTIONS, list: "tests/1" })],
    ["of another key", cursorOf(ID, { ...OPTIONS, keys: ["other"] })],
    ["for another item", `${other}.${mac}`],
    ["cut short", valid.slice(0, -1)],
    ["without a signature", payload],
    ["with an empty signature", `${payload}.`],
    ["without an item", `.${mac}`],
    ["with more behind", `${valid}.x`],
    ["with a blank behind", `${valid} `],
    ["with padding", `${valid}==`],
    ["with other base64 characters between", `${payload.slice(0, 4)}!${payload.slice(4)}.${mac}`],
    ["empty", ""],
    ["a dot", "."],
    ["dots", "..."],
    ["garbage", "%00\ud800é😀.\0"],
    ["long", "A".repeat(100_000)],
  ])("refuses a cursor that is %s", async (_name, cursor) => {
    const refused = await problemOf(() => pageRequest({ cursor }, OPTIONS));
    expect(refused).toMatchObject({ code: "cursor-invalid", status: 400, options: {} });
  });

  it("refuses a cursor of which any character was changed", () => {
    const index = fc.nat(valid.length - 1);
    const character = fc.constantFrom("A", "B", "Z", "a", "z", "0", "9", "-", "_", ".", "+", "/", "=", " ");
    fc.assert(
      fc.property(index, character, (at, to) => {
        fc.pre(valid.charAt(at) !== to);
        const cursor = valid.slice(0, at) + to + valid.slice(at + 1);
        expect(() => pageRequest({ cursor }, OPTIONS)).toThrow("cursor");
      }),
    );
  });

  it("refuses whatever it did not sign", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (cursor) => {
        expect(() => pageRequest({ cursor }, OPTIONS)).toThrow("cursor");
      }),
    );
  });
});

describe("pageOf", () => {
  it("cuts to the limit, and knows whether there is more", () => {
    expect(pageOf([], PAGE)).toEqual({ items: [], more: false });
    expect(pageOf([1, 2], PAGE)).toEqual({ items: [1, 2], more: false });
    expect(pageOf([1, 2, 3], PAGE)).toEqual({ items: [1, 2], more: true });
  });
});

describe("nextLink", () => {
  it("is absent on the last page", () => {
    expect(nextLink({ path: "/patient/search", lastId: undefined }, PAGE, OPTIONS)).toBeUndefined();
  });

  it("is relative to the root and keeps limit and criteria (RFC 8288)", () => {
    const query = { actor: 'a b&c"<>;,', outcome: 0, from: undefined, list: ["x"] };
    const link = nextLink({ path: "/audit/records", query, lastId: ID }, PAGE, OPTIONS);
    expect(link).toMatch(/^<\/audit\/records\?[\w=&.%+-]+>; rel="next"$/);
    const parameters = follow(link);
    expect([...parameters.keys()]).toEqual(["actor", "outcome", "limit", "cursor"]);
    expect(parameters.get("actor")).toBe(query.actor);
    expect(parameters.get("limit")).toBe("2");
  });

  it("does not let the criteria say which page", () => {
    const query = { limit: 1_000, cursor: "stolen" };
    const parameters = follow(nextLink({ path: "/x", query, lastId: ID }, PAGE, OPTIONS));
    expect(parameters.getAll("limit")).toEqual(["2"]);
    expect(pageRequest({ cursor: parameters.get("cursor") ?? "" }, OPTIONS).after).toBe(ID);
  });

  it("fits the contract for the longest id that there is", () => {
    const link = nextLink({ path: `/patient/${ID}/tests`, lastId: `${ID}:outcome` }, PAGE, OPTIONS);
    expect(link?.length).toBeLessThan(512);
  });
});
