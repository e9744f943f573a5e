import { describe, expect, it } from "@jest/globals";
import { parseXml, printXml } from "../policies/xml.ts";
import { changedElement } from "./changed-element.ts";

const BEFORE = `<policies>
  <inbound>
    <base />
    <set-header name="a"><value>1</value></set-header>
    <quota calls="5" />
  </inbound>
  <outbound />
</policies>`;

function change(search: string, replacement: string): string | undefined {
  const after = BEFORE.replace(search, replacement);
  if (after === BEFORE && search !== replacement) throw new Error("nothing has changed");
  const generated = parseXml("generated/a.xml", printXml(parseXml("a.xml", BEFORE)));
  const changed = changedElement(generated, parseXml("a.xml", after));
  return changed && `${changed.after.at.line} ${changed.after.name}`;
}

describe("changedElement", () => {
  it.each([
    ["nothing", "", "", undefined],
    ["white space", "<base />", "<base   />\n\n", undefined],
    ["an attribute", 'calls="5"', 'calls="6"', "5 quota"],
    ["text", "<value>1<", "<value>2<", "4 value"],
    ["a comment", "<base />", "<!-- why --><base />", "2 inbound"],
    ["another element", "<base />", "<other />", "3 other"],
    ["one put in", "    <quota", '    <ip-filter action="allow" />\n    <quota', "5 ip-filter"],
    ["one at the end", "<outbound />", "<outbound><base /></outbound>", "7 base"],
    ["one taken out, at what held it", "    <base />\n", "", "2 inbound"],
    ["the last taken out, at what held it", '    <quota calls="5" />\n', "", "2 inbound"],
  ])("finds %s", (_what, search, replacement, expected) => {
    expect(change(search, replacement)).toBe(expected);
  });
});
