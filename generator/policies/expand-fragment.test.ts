import { describe, expect, it } from "@jest/globals";
import { Sources } from "../load/sources.ts";
import { createProject, removeProjects } from "../fixtures/project.ts";
import { expandFragment } from "./expand-fragment.ts";
import { loadFragments, type Fragment } from "./load-fragments.ts";
import { printXml } from "./xml.ts";

const at = { file: "openapi/ward.yaml", line: 7, column: 9 };

function fragments(source: string): Map<string, Fragment> {
  const folder = createProject({ "apim-policies/fragments/greet.xml": source });
  try {
    return loadFragments(new Sources(folder));
  } finally {
    removeProjects();
  }
}

function expand(source: string, parameters: Record<string, string>): string {
  const { inbound } = expandFragment({ fragment: "greet", parameters, at }, fragments(source));
  return inbound.map((node) => (node.kind === "element" ? printXml(node) : "")).join("");
}

const GREET = `<macro>
  <parameter name="name" required="true" />
  <parameter name="times" default="1" />
  <inbound><greet name="[[name]]" times="[[times]]">Hello [[name]]</greet></inbound>
</macro>`;

describe("expandFragment", () => {
  it("fills in parameters and their defaults", () => {
    expect(expand(GREET, { name: "Vera" })).toBe('<greet name="Vera" times="1">Hello Vera</greet>\n');
  });

  it("never lets a value become markup or another placeholder", () => {
    const name = '"><evil a="[[times]]" /><x y="';
    expect(expand(GREET, { name })).toBe(
      '<greet name="&quot;&gt;&lt;evil a=&quot;[[times]]&quot; /&gt;&lt;x y=&quot;" times="1">Hello "&gt;&lt;evil a="[[times]]" /&gt;&lt;x y="</greet>\n',
    );
  });

  it("keeps named values, and the dollar signs of a value", () => {
    expect(expand(GREET, { name: "{{who}} $& $1" })).toContain('name="{{who}} $&amp; $1"');
  });

  it("refuses a value that could end the expression that it becomes part of", () => {
    const source = GREET.replace("Hello [[name]]", "@(&quot;[[name]]&quot;)");
    expect(expand(source, { name: "Vera-1" })).toContain('>@("Vera-1")<');
    expect(() => expand(source, { name: '" + context.Subscription.Key + "' })).toThrow(
      "openapi/ward.yaml:7:9  error  policy/unsafe-parameter",
    );
  });

  it("refuses a value that would become an expression", () => {
    expect(() => expand(GREET, { name: "x", times: "@(1)" })).toThrow("policy/unsafe-parameter");
    expect(() => expand(GREET, { name: "x", times: " @{return 1;}" })).toThrow("policy/unsafe-parameter");
    expect(expand(GREET, { name: "a@(b)" })).toContain('name="a@(b)"');
  });

  it.each([
    [
      "a placeholder of no parameter",
      GREET.replace("[[times]]", "[[tims]]"),
      "greet.xml:4:12  error  policy/placeholder",
    ],
    ["another root", "<fragment />", "greet.xml:1:1  error  policy/fragment"],
    ["an unknown section", "<macro><inbond /></macro>", "policy/fragment  <inbond>"],
    ["a parameter without a name", '<macro><parameter default="1" /></macro>', "policy/fragment"],
    [
      "a parameter that is neither required nor has a default",
      '<macro><parameter name="a" /></macro>',
      "policy/fragment",
    ],
    ["markup that is not closed", "<macro>", "greet.xml:1:"],
  ])("refuses a fragment with %s", (_what, source, finding) => {
    expect(() => expand(source, { name: "x" })).toThrow(finding);
  });
});
