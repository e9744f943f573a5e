import { describe, expect, it } from "@jest/globals";
import { externalResources, sealPage } from "./seal-page.ts";

describe("sealPage", () => {
  it("replaces the addresses of Redocly's servers", () => {
    const page =
      "<script>a=`https://cdn.redoc.ly/redoc/logo-mini.svg`;b='https://otel.cloud.redocly.com/v1/traces'</script>";
    expect(sealPage(page)).not.toContain("https://");
  });

  it("leaves links that a reader follows", () => {
    const page = `<a href="https://example.com/">there</a>`;
    expect(sealPage(page)).toBe(page);
  });

  it.each([
    `<script src="https://example.com/a.js"></script>`,
    `<SCRIPT SRC=//example.com/a.js></SCRIPT>`,
    `<script src='local.js'></script>`,
    `<link rel="stylesheet" href="https://example.com/a.css">`,
    `<img alt="" src="https://example.com/a.png">`,
    `<style>@import "https://example.com/a.css";</style>`,
    `<style>a{background:url( 'https://example.com/a.png')}</style>`,
  ])("refuses %s", (page) => {
    expect(() => sealPage(page)).toThrow("The page would load");
  });

  it.each([
    `<script>1</script>`,
    `<img src="data:image/png;base64,AA==">`,
    `<link rel="icon" href="data:,">`,
  ])("accepts %s", (page) => {
    expect(externalResources(page)).toEqual([]);
  });
});
