import { describe, expect, it } from "@jest/globals";
import { parseXml, printXml } from "./xml.ts";

const roundTrip = (source: string): string => printXml(parseXml("x.xml", source));

describe("printXml", () => {
  it("indents elements and keeps comments", () => {
    expect(roundTrip("<a><!-- why --><b c='1'/><d><e/></d></a>")).toBe(
      '<a>\n  <!-- why -->\n  <b c="1" />\n  <d>\n    <e />\n  </d>\n</a>\n',
    );
  });

  it("escapes expressions so that they are well-formed, and reads them back the same", () => {
    const source =
      '<when condition="@(a &lt; b &amp;&amp; c == &quot;x&quot;)"><value>@(x > y ? "a" : "b")</value></when>';
    const printed = roundTrip(source);
    expect(printed).toContain('condition="@(a &lt; b &amp;&amp; c == &quot;x&quot;)"');
    expect(printed).toContain('<value>@(x &gt; y ? "a" : "b")</value>');
    expect(roundTrip(printed)).toBe(printed);
  });

  it("leaves mixed content and the lines of a text as they are", () => {
    expect(roundTrip("<set-body>@{\n  return 1;\n}</set-body>")).toBe(
      "<set-body>@{\n  return 1;\n}</set-body>\n",
    );
    expect(roundTrip("<set-body>a <b>c</b> d</set-body>")).toBe("<set-body>a <b>c</b> d</set-body>\n");
  });

  it("keeps line breaks of an attribute that were escaped", () => {
    expect(roundTrip('<a b="1&#10;2" />')).toBe('<a b="1&#10;2" />\n');
  });
});

describe("parseXml", () => {
  it.each([
    ["nothing", "", "1:1"],
    ["two roots", "<a/>\n<b/>", "2:"],
    ["a raw < in an attribute", '<a b="1 < 2" />', "1:"],
    ["an unknown entity", "<a>&nbsp;</a>", "1:"],
  ])("refuses %s, saying where", (_what, source, place) => {
    expect(() => parseXml("x.xml", source)).toThrow(`x.xml:${place}`);
    expect(() => parseXml("x.xml", source)).toThrow("error  xml/syntax");
  });
});
