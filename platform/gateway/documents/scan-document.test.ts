import { describe, expect, it } from "@jest/globals";
import { scanDocument } from "./scan-document.ts";
import type { PolicyElement } from "./policy-element.ts";

const only = (text: string): PolicyElement => {
  const [element] = scanDocument(text, "p.xml");
  if (!element) throw new Error("no element");
  return element;
};
const attribute = (text: string, name = "a") => only(text).attributes.get(name);

describe("scanDocument", () => {
  it("reads elements, attributes, text and lines", () => {
    const root = only(
      '<?xml version="1.0"?>\n<!-- <x> -->\n<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>\n',
    );
    expect(root).toMatchObject({ name: "policies", line: 3, text: null });
    expect(root.children[0]).toMatchObject({ name: "inbound", line: 4 });
    expect(root.children[0]?.children[0]).toMatchObject({ name: "base", line: 5 });
  });

  it.each([
    ['<x a="@(context.Variables["y"] == "z" && 1 < 2)"/>', '@(context.Variables["y"] == "z" && 1 < 2)'],
    ["<x a='@(\"it\\'s \" + '\"')'/>", "@(\"it\\'s \" + '\"')"],
    ['<x a="@(@"a""b)" + "c)")" b="<"/>', '@(@"a""b)" + "c)")'],
    ['<x a="@($"{f("}")} {{ )")" b="<"/>', '@($"{f("}")} {{ )")'],
    ['<x a="@{ /* ) } */ // }\n return ")"; }" b="<"/>', '@{ /* ) } */ // }\n return ")"; }'],
  ])("reads the raw expression of %s", (text, source) => {
    expect(attribute(text)).toMatchObject({ value: source, expression: true });
  });

  it("decodes an escaped expression in a well-formed document only", () => {
    expect(attribute('<x a="@(a &lt; b &amp;&amp; c == &quot;)&quot;)"/>')?.value).toBe(
      '@(a < b && c == ")")',
    );
    expect(attribute('<x a="@(a == "&lt;")"/>')?.value).toBe('@(a == "&lt;")');
  });

  it("decodes literals always, raw neighbours or not", () => {
    const element = only('<x a="src=&quot;/ &#65;&#x42; &unknown; &" b="@("<")"/>');
    expect(element.attributes.get("a")).toMatchObject({ value: 'src="/ AB &unknown; &', expression: false });
  });

  it("reads text, CDATA and expressions in text", () => {
    expect(only("<value>a &lt; b</value>").text).toMatchObject({ value: "a < b", expression: false });
    expect(only('<value>\n  @(1 < 2 ? "</value>" : "")\n</value>').text).toMatchObject({
      value: '@(1 < 2 ? "</value>" : "")',
      expression: true,
      line: 2,
    });
    expect(only("<value><![CDATA[@(1 < 2)]]></value>").text).toMatchObject({
      value: "@(1 < 2)",
      expression: true,
    });
    expect(only("<value><![CDATA[a < &lt;]]></value>").text?.value).toBe("a < &lt;");
  });

  it("keeps markup inside set-body as it is", () => {
    expect(only("<set-body><soap:Envelope><a/></soap:Envelope></set-body>").text?.value).toBe(
      "<soap:Envelope><a/></soap:Envelope>",
    );
    expect(only('<set-body>{ "a": 1 }</set-body>').text?.value).toBe('{ "a": 1 }');
    expect(only('<set-body>@{ return "</set-body>"; }</set-body>').text?.value).toBe(
      '@{ return "</set-body>"; }',
    );
    expect(only("<set-body />").text).toBeNull();
  });

  it("reads snippets with several elements", () => {
    expect(scanDocument('<base/><set-header name="a"/>', "p.xml").map(({ name }) => name)).toEqual([
      "base",
      "set-header",
    ]);
  });

  it.each([
    ["<a>\n<b></a>", "p.xml:2: </a> closes nothing; expected </b>"],
    ["<a>", "p.xml:1: <a> is never closed"],
    ["\n<a b=c/>", "p.xml:2: the value of b in <a> is not quoted"],
    ["<a b/>", "p.xml:1: attribute b of <a> has no value"],
    ["<a b='1' b='2'/>", "p.xml:1: <a> has the attribute b twice"],
    ['<a b="@(x"/>\n', "p.xml:1: an expression that is never closed, or other text beside it"],
    ['<a b="@(x" c="<"/>', "p.xml:1: the expression of attribute b is never closed"],
    ['<a b="@(x) y" c="<"/>', "p.xml:1: attribute b mixes an expression and other text"],
    ["<a><!-- x</a>", "p.xml:1: the comment is never closed"],
    ["text", "p.xml:1: text outside of an element; expected <policies>"],
    ["<a b='1", "p.xml:1: the value of b in <a> is never closed"],
    ["<1/>", "p.xml:1: expected an element name behind <"],
    ["<", "p.xml:1: expected an element name behind <"],
    ["<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", "p.xml:1: expected an element name behind <"],
  ])("refuses %j", (text, message) => {
    expect(() => scanDocument(text, "p.xml")).toThrow(message);
  });
});
