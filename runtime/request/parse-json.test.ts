import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { problemOf } from "../testing/caught.ts";
import { parseJson } from "./parse-json.ts";

const bytes = (text: string) => Uint8Array.from(new TextEncoder().encode(text)).buffer;
const raw = (...values: number[]) => Uint8Array.from(values).buffer;

async function refusal(body: ArrayBuffer): Promise<string | undefined> {
  const { code, options } = await problemOf(() => parseJson(body));
  expect(code).toBe("body-not-json");
  return options.detail;
}

describe("parseJson", () => {
  it("reads what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary", maxDepth: 8 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(bytes(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it("tolerates a byte order mark (RFC 8259, 8.1)", () => {
    expect(parseJson(bytes("\uFEFF{}"))).toEqual({});
  });

  it.each([
    ["a cut sequence", raw(0x22, 0xc3, 0x22)],
    ["an overlong sequence", raw(0x22, 0xc0, 0xaf, 0x22)],
    ["an encoded surrogate", raw(0x22, 0xed, 0xa0, 0x80, 0x22)],
    ["a value above U+10FFFF", raw(0x22, 0xf4, 0x90, 0x80, 0x80, 0x22)],
    ["UTF-16", raw(0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00)],
    ["Latin-1", raw(0x22, 0xe4, 0x22)],
  ])("refuses %s as invalid UTF-8", async (_name, body) => {
    expect(await refusal(body)).toContain("UTF-8");
  });

  it.each([
    "",
    " ",
    "{",
    "nul",
    "[1,]",
    "{'a':1}",
    "{a:1}",
    "01",
    "NaN",
    "Infinity",
    '"\t"',
    '"\\x41"',
    "{}{}",
    "//\n1",
    "\u00a01",
  ])("refuses %j as no JSON", async (text) => {
    expect(await refusal(bytes(text))).toContain("grammar");
  });

  it.each(['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '[[{"x":{"\\u0062":1,"b":1}}]]', '{"":1,"":1}'])(
    "refuses %s for its duplicate name",
    async (text) => {
      expect(await refusal(bytes(text))).toContain("same name");
    },
  );

  it.each(['"\\ud800"', '{"a":["\\udc00\\ud800"]}', '{"\\uD83D":1}'])(
    "refuses %s for its half surrogate, which no database keeps",
    async (text) => {
      expect(await refusal(bytes(text))).toContain("surrogate");
    },
  );

  it("keeps a whole surrogate pair", () => {
    expect(parseJson(bytes('"\\ud83d\\ude00"'))).toBe("😀");
  });

  it.each([200, 10_000, 500_000])("refuses %d levels of nesting", async (depth) => {
    expect(await refusal(bytes("[".repeat(depth) + "]".repeat(depth)))).toContain("nested");
    expect(await refusal(bytes('{"a":'.repeat(depth) + "1" + "}".repeat(depth)))).toContain("nested");
  });

  it("refuses a million open brackets", async () => {
    expect(await refusal(bytes("[".repeat(1_000_000)))).toContain("grammar");
  });

  it("keeps __proto__ as a member of its own, and pollutes nothing", () => {
    const value = parseJson(
      bytes('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    );
    expect(Object.keys(value ?? {})).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });

  it("says nothing of what was sent", async () => {
    for (const text of ['{"canary":}', '{"canary":1,"canary":2}', '"canary\\ud800"']) {
      expect(await refusal(bytes(text))).not.toContain("canary");
    }
  });

  it("never throws anything but its problem", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (body) => {
        try {
          parseJson(Uint8Array.from(body).buffer);
        } catch (error) {
          expect(error).toHaveProperty("code", "body-not-json");
        }
      }),
    );
  });
});
