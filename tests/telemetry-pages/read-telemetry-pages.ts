import { randomBytes } from "node:crypto";
import { chromium } from "playwright-core";
import type { Page } from "playwright-core";

/**
 * Follows requests through the telemetry pages as a person's browser shows them: live, as a transaction, as failures, on the map, as
 * metrics. Fails when something does not appear, a page asks for anything from elsewhere, or logs an error.
 * `node tests/telemetry-pages/read-telemetry-pages.ts http://127.0.0.1:8080`
 */
const gateway = process.argv[2] ?? "http://127.0.0.1:8080";
const shots = process.env.SCREENSHOTS;
const KEY = { "ocp-apim-subscription-key": "local-partner-key" };
const faults: string[] = [];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 860 } });
  page.setDefaultTimeout(15_000);
  watch(page);
  await page.goto(`${gateway}/telemetry/`);
  const traceId = randomBytes(16).toString("hex");
  await ask("POST", "/patient", { ...KEY, traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
  await ask("GET", "/patient/00000000-0000-7000-8000-00000000dead", {});

  await expectText(page, "live requests", ["POST /patient", "POST /auditrecords", "401"]);
  await shoot(page, "live");
  await page.locator(`a[href*="${traceId}"]`).first().click();
  await expectText(page, "transaction", [
    ...[traceId, "createPatient", "POST /auditrecords", "insert patients", "insert batches", "mongodb"],
  ]);
  await shoot(page, "transaction");
  await page.goto(`${gateway}/telemetry/#/failures`);
  await expectText(page, "failures", ["gateway", "401", "SubscriptionKeyNotFound"]);
  await shoot(page, "failures");
  await page.goto(`${gateway}/telemetry/#/map`);
  await expectText(page, "map", ["gateway", "patient", "audit", "mongodb: patient", "mongodb: audit"]);
  await shoot(page, "map");
  await page.goto(`${gateway}/telemetry/#/metrics`);
  await page.reload();
  await expectText(page, "metrics", ["specimen.audit.duration", "register"]);
  await shoot(page, "metrics");
  process.stdout.write(`5 telemetry pages read, ${faults.length} faults\n`);
} finally {
  await browser.close();
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exit(faults.length > 0 ? 1 : 0);

async function ask(method: string, path: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const body = { firstName: "Vera", gender: "female", dateOfBirth: "1984-05", postCode: "3012" };
  await fetch(gateway + path, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    ...(method === "POST" && { body: JSON.stringify(body) }),
  });
}

/** Metrics and spans arrive a little later than the answers that they are about: until then the page is loaded again. */
async function expectText(page: Page, view: string, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const place = page.getByText(text).first();
    await place.waitFor({ state: "attached", timeout: 7_000 }).catch(async () => {
      await page.reload();
      await place.waitFor({ state: "attached" }).catch(() => faults.push(`${view}: does not show "${text}"`));
    });
  }
}

async function shoot(page: Page, name: string): Promise<void> {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` });
}

function watch(page: Page): void {
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${page.url()}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && url.origin !== new URL(gateway).origin)
      faults.push(`${page.url()} asks for ${url.origin}`);
  });
}
