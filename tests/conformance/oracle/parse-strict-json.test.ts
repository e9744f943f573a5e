import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { JSON_TEXTS } from "../cases/json-faults.ts";
import { parseStrictJson } from "./parse-strict-json.ts";

const read = (text: string) => parseStrictJson(Buffer.from(text));

describe("strict JSON", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json(), (text) => expect(read(text)).toEqual({ value: JSON.parse(text) as unknown })),
      { numRuns: 500 },
    );
  });

  it("accepts nothing that JSON.parse refuses", () => {
    const texts = JSON_TEXTS.map(({ write }) => Buffer.from(write('{"a":[1,"b"],"c":null}')));
    for (const bytes of texts) {
      if ("fault" in parseStrictJson(bytes)) continue;
      expect(() => JSON.parse(new TextDecoder().decode(bytes)) as unknown).not.toThrow();
    }
  });

  it.each([
    ["", "grammar"],
    [" ", "grammar"],
    ["{,}", "grammar"],
    ["[1,]", "grammar"],
    ["01", "grammar"],
    ["1.", "grammar"],
    ["NaN", "grammar"],
    ['{"a":"\n"}', "grammar"],
    ['{"a":"\\x41"}', "grammar"],
    ["{} {}", "grammar"],
    ['{"a":1,"a":2}', "duplicate-name"],
    ['{"a":1,"\\u0061":2}', "duplicate-name"],
    ['{"__proto__":1,"__proto__":2}', "duplicate-name"],
    ['["\\ud800"]', "half-surrogate"],
    ['{"\\udc00\\ud800":1}', "half-surrogate"],
    ["[".repeat(65) + "]".repeat(65), "depth"],
    ["[".repeat(65), "grammar"],
  ])("%j: %s", (text, fault) => expect(read(text)).toEqual({ fault }));

  it.each([
    ["[".repeat(64) + "]".repeat(64)],
    ['{"a":{"a":1},"b":{"a":1}}'],
    ['"\\ud83e\\uddea"'],
    ["\uFEFF{}"],
    [" \t\r\n{}\n"],
    ["1e400"],
  ])("%j is JSON", (text) => expect(read(text)).toHaveProperty("value"));

  it("keeps a member called __proto__ as one", () => {
    const result = read('{"__proto__":{"isAdmin":true}}');
    expect("value" in result && Object.keys(result.value as object)).toEqual(["__proto__"]);
  });

  it("is UTF-8", () =>
    expect(parseStrictJson(new Uint8Array([0x22, 0xff, 0x22]))).toEqual({ fault: "encoding" }));
});
