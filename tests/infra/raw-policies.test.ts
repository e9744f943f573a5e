import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { filesForGateway } from "../../infra/checks/gateway-documents.ts";
import { rawPolicy } from "../../infra/gateway/raw-policy.ts";
import { readManifest } from "../../infra/manifest.ts";
import { scanDocument } from "../../platform/gateway/documents/scan-document.ts";

const project = join(import.meta.dirname, "../..");
const policies = filesForGateway(await readManifest(project)).filter((file) => file.endsWith(".xml"));
const textOf = (file: string) => readFileSync(join(project, "generated", file), "utf8");

/** What is tested here runs on the laptop as it is generated, and in Azure as `rawPolicy` makes it: both have to say the same. */
describe("a policy as it is sent to Azure", () => {
  it.each(policies)("reads as it was generated: %s", (file) => {
    const text = textOf(file);
    expect(scanDocument(rawPolicy(text), file)).toEqual(scanDocument(text, file));
  });

  it("is another text in some, or there would be nothing to compare", () => {
    expect(policies.filter((file) => rawPolicy(textOf(file)) !== textOf(file)).length).toBeGreaterThan(3);
  });
});

const SAMPLE = `<policies>
  <inbound>
    <choose>
      <when condition="@(a &lt; 1 &amp;&amp; b == &quot;&amp;quot;&quot;)">
        <set-header name="x" exists-action="override"><value>a &amp;amp; b</value></set-header>
      </when>
    </choose>
  </inbound>
</policies>`;

describe("a slip in how a policy is sent", () => {
  const read = (text: string) => {
    try {
      return JSON.stringify(scanDocument(text, "sample"), (_, value: unknown) =>
        value instanceof Map ? [...(value as Map<string, unknown>)] : value,
      );
    } catch {
      return "unreadable";
    }
  };

  it("is none in ours", () => {
    expect(read(rawPolicy(SAMPLE))).toBe(read(SAMPLE));
  });

  it.each<[slip: string, send: (text: string) => string]>([
    ["expressions are decoded twice", (text) => rawPolicy(text.replaceAll("&amp;quot;", "&quot;"))],
    ["quotes in expressions stay escaped", (text) => rawPolicy(text.replaceAll("&quot;", "&amp;quot;"))],
    ["what is no expression is decoded too", (text) => rawPolicy(text.replace("a &amp;amp;", "a &amp;"))],
    ["a comparison is turned", (text) => rawPolicy(text).replace("==", "!=")],
    ["a line is lost", (text) => rawPolicy(text).replace("\n    <choose>", "<choose>")],
  ])("would be seen: %s", (_slip, send) => {
    expect(read(send(SAMPLE))).not.toBe(read(SAMPLE));
  });
});
