import { describe, expect, test } from "@jest/globals";
import { rawPolicy } from "./raw-policy.ts";

describe("rawPolicy", () => {
  test("expressions stand as their compiler reads them, in attributes and in text", () => {
    const document = `<when condition="@(a &lt; 1 &amp;&amp; b[&quot;x&quot;] == &#39;y&#39;)"><value> @{ return a &gt; 1; }</value></when>`;
    expect(rawPolicy(document)).toBe(
      `<when condition="@(a < 1 && b["x"] == 'y')"><value> @{ return a > 1; }</value></when>`,
    );
  });

  test.each([
    `<set-url>https://example.org/?a=1&amp;b=2</set-url>`,
    `<set-header name="a &quot;b&quot;" exists-action="override" />`,
    `<!-- @(a &lt; b) -->`,
    `<rate-limit calls="{{partner-calls}}" renewal-period="60" />`,
  ])("what is no expression stays as it is: %s", (document) => {
    expect(rawPolicy(document)).toBe(document);
  });

  test("an entity that was escaped itself is decoded once", () => {
    expect(rawPolicy(`<value>@("&amp;quot;")</value>`)).toBe(`<value>@("&quot;")</value>`);
  });

  test("a tag's end is not sought between quotes", () => {
    expect(rawPolicy(`<when condition="@(a > 1 &amp;&amp; b)"></when>`)).toBe(
      `<when condition="@(a > 1 && b)"></when>`,
    );
  });
});
