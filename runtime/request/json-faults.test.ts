import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { findJsonFault } from "./json-faults.ts";

/** A value of JSON as its text is made: members are a list, so that a name can come twice. */
type Node =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "array"; readonly items: readonly Node[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [string, Node])[] };

/** Text that needs care: quotes, backslashes, what looks like structure, and half surrogates. */
const character = fc.constantFrom(
  "a",
  "b",
  '"',
  "\\",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\n",
  "ä",
  "😀",
  "\ud800",
  "\udc00",
);
const name = fc.string({ unit: character, maxLength: 3 });

/** A string literal in which any character may be written as its escape. */
const literal = fc
  .tuple(name, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }))
  .map(([text, escapes]) => {
    const units = Array.from({ length: text.length }, (_, index) =>
      escapes[index % 6] ? escaped(text.charCodeAt(index)) : JSON.stringify(text.charAt(index)).slice(1, -1),
    );
    return `"${units.join("")}"`;
  });

const escaped = (unit: number) => `\\u${unit.toString(16).padStart(4, "0")}`;

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, depthSize: "medium", withCrossShrink: true },
    fc
      .oneof(literal, fc.constantFrom("1", "-0.5e+3", "true", "null"))
      .map((text): Node => ({ kind: "literal", text })),
    fc.array(tie("node"), { maxLength: 4 }).map((items): Node => ({ kind: "array", items })),
    fc
      .array(fc.tuple(literal, tie("node")), { maxLength: 4 })
      .map((members): Node => ({ kind: "object", members })),
  ),
}));

function write(value: Node): string {
  switch (value.kind) {
    case "literal":
      return value.text;
    case "array":
      return `[ ${value.items.map(write).join(" ,\n")}]`;
    case "object":
      return `{${value.members.map(([key, member]) => ` ${key}\t: ${write(member)} `).join(",")}}`;
  }
}

/** The same question, asked of what the text was made from. */
function isFaulty(value: Node): boolean {
  switch (value.kind) {
    case "literal":
      return isHalf(value.text);
    case "array":
      return value.items.some(isFaulty);
    case "object": {
      const names = value.members.map(([key]) => String(JSON.parse(key)));
      if (new Set(names).size < names.length) return true;
      return value.members.some(([key, member]) => isHalf(key) || isFaulty(member));
    }
  }
}

function isHalf(text: string): boolean {
  const value: unknown = JSON.parse(text);
  return typeof value === "string" && !value.isWellFormed();
}

describe("findJsonFault", () => {
  it("agrees with a naive look at what the text was made from", () => {
    fc.assert(
      fc.property(node, (value) => {
        expect(findJsonFault(write(value)) !== null).toBe(isFaulty(value));
      }),
      { numRuns: 2_000 },
    );
  });

  it("finds nothing in what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary", maxDepth: 10 }), (value) => {
        expect(findJsonFault(JSON.stringify(value, null, 2))).toBeNull();
      }),
    );
  });

  it.each([
    String.raw`{"a\"":1,"a":2}`,
    String.raw`{"a\\":1,"a":2}`,
    String.raw`{"a":"\\","b":"\\\"","c":"a"}`,
    String.raw`{"x":"{\"a\":1,\"a\":2}"}`,
    String.raw`{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}`,
    String.raw`["a","a",{"a":"a"},"a"]`,
    String.raw`{"a":"b","b":"a"}`,
    String.raw`{"a":[],"b":{},"c":[{}]}`,
    '{"A":1,"a":2,"a ":3,"\u00e4":4,"a\u0308":5}',
  ])("admits %s", (text) => {
    expect(findJsonFault(text)).toBeNull();
  });

  it.each([
    String.raw`{"a\"":1,"a\u0022":2}`,
    String.raw`{"a\\":1,"\u0061\u005C":2}`,
    String.raw`{"/":1,"\/":2}`,
    String.raw`{"a":[1,{"b":2}],"c":{},"a":3}`,
    String.raw`{"__proto__":1,"\u005f_proto__":2}`,
    String.raw`[0,[1,{"a":{"b":[{"c":1,"c":1}]}}]]`,
  ])("finds the duplicate in %s", (text) => {
    expect(findJsonFault(text)).toContain("same name");
  });

  it("admits 64 levels and refuses 65, of either kind", () => {
    const nested = (open: string, close: string, depth: number) =>
      `${open.repeat(depth)}1${close.repeat(depth)}`;
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      expect(findJsonFault(nested(open, close, 64))).toBeNull();
      expect(findJsonFault(nested(open, close, 65))).toContain("64 levels");
    }
    expect(findJsonFault(`[${"[],{},".repeat(1_000)}0]`)).toBeNull();
  });

  it("reads a long text of backslashes and quotes in one pass", () => {
    expect(findJsonFault(`["${'\\"'.repeat(500_000)}","${"\\\\".repeat(500_000)}"]`)).toBeNull();
  });
});
