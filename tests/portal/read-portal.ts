import { chromium } from "playwright-core";
import type { Page } from "playwright-core";

/**
 * Reads the published portal as a reader's browser does, page after page, and fails when a page asks for anything from
 * elsewhere, logs an error, or shows nothing. `node tests/portal/read-portal.ts http://127.0.0.1:8080/portal/`
 */
const start = process.argv[2] ?? "http://127.0.0.1:8080/portal/";
const faults: string[] = [];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  const page = await browser.newPage();
  watch(page);
  const seen = new Set([start]);
  for (const url of seen) for (const link of await read(page, url)) seen.add(link);
  process.stdout.write(`${seen.size} pages of the portal read, ${faults.length} faults\n`);
} finally {
  await browser.close();
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exit(faults.length > 0 ? 1 : 0);

function watch(page: Page): void {
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${page.url()}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && url.origin !== new URL(start).origin) {
      faults.push(`${page.url()} asks for ${url.origin}`);
    }
  });
}

/** Opens a page and returns where it leads within the portal. */
async function read(page: Page, url: string): Promise<string[]> {
  const response = await page.goto(url, { waitUntil: "load" });
  if (response?.status() !== 200) faults.push(`${url} is ${response?.status() ?? "no answer"}`);
  if (!(response?.headers()["content-type"] ?? "").startsWith("text/html")) return [];
  await page.locator("h1").first().waitFor({ timeout: 20_000 });
  if ((await page.title()) === "") faults.push(`${url} has no title`);
  const links = await page.locator("a[href]").evaluateAll((anchors) =>
    anchors.map((anchor) => ({
      href: "href" in anchor ? String(anchor.href) : "",
      download: anchor.hasAttribute("download"),
    })),
  );
  const inside = links.filter(({ href, download }) => href.startsWith(start) && !download);
  return [...new Set(inside.map(({ href }) => href.split("#")[0] ?? ""))].filter((href) => href !== start);
}
