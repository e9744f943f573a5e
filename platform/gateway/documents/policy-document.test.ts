import { describe, expect, it } from "@jest/globals";
import { readPolicyDocument } from "./policy-document.ts";

const read = (text: string, namedValues: Record<string, string> = {}) =>
  readPolicyDocument(text, "p.xml", "api", namedValues);

describe("readPolicyDocument", () => {
  it("gives the statements of each section", () => {
    const { sections } = read("<policies><inbound><base /></inbound><outbound /></policies>");
    expect(sections.inbound?.map(({ name }) => name)).toEqual(["base"]);
    expect(sections.outbound).toEqual([]);
    expect(sections.backend).toBeUndefined();
  });

  it("puts named values into attributes, texts and expressions, and takes expressions from them", () => {
    const { sections } = read(
      '<policies><inbound><a whole="{{url}}" part="x-{{ url }}-y" in="@("{{url}}")" made="{{code}}">{{url}}</a></inbound></policies>',
      { url: 'http://a?b="c"&d', code: "@(1 + 1)" },
    );
    const element = sections.inbound?.[0];
    expect(element?.attributes.get("whole")).toMatchObject({ value: 'http://a?b="c"&d', expression: false });
    expect(element?.attributes.get("part")?.value).toBe('x-http://a?b="c"&d-y');
    expect(element?.attributes.get("in")).toMatchObject({ value: '@("http://a?b="c"&d")', expression: true });
    expect(element?.attributes.get("made")).toMatchObject({ value: "@(1 + 1)", expression: true });
    expect(element?.text?.value).toBe('http://a?b="c"&d');
  });

  it.each([
    [
      "<policies>\n<inbound>\n<a b='{{nobody}}'/></inbound></policies>",
      "p.xml:3: named value {{nobody}} is not set",
    ],
    [
      "<policies><inbound><a b='{{__proto__}}'/></inbound></policies>",
      "p.xml:1: named value {{__proto__}} is not set",
    ],
    [
      "<policies>\n<inbounds/></policies>",
      "p.xml:2: <inbounds> is no section; expected one of inbound, backend, outbound, on-error",
    ],
    ["<policies><inbound/>\n<inbound/></policies>", "p.xml:2: <inbound> is written twice"],
    ["<policies><inbound a='1'/></policies>", "p.xml:1: <inbound> has no attribute a"],
    ["<policies><inbound>hello</inbound></policies>", "p.xml:1: text in <inbound>"],
    ["<fragment/>", "p.xml:1: expected one element <policies>"],
    ["<policies/><policies/>", "p.xml:1: expected one element <policies>"],
    ["", "p.xml:1: expected one element <policies>"],
  ])("refuses %j", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
