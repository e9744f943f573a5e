import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { AUDITOR_KEY, PARTNER_KEY } from "../support/addresses.ts";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";
import { readOptions } from "./read-options.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

const FROM = ["--partner-key-from", "PARTNER", "--auditor-key-from", "AUDITOR"];

/** As `npm run smoke` does. */
async function smoke(gateway: string, partner = PARTNER_KEY) {
  const main = join(import.meta.dirname, "main.ts");
  const args = ["--disable-warning=ExperimentalWarning", main, "--gateway", gateway, ...FROM];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, PARTNER: partner, AUDITOR: AUDITOR_KEY },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (text += piece));
  const [code] = (await once(child, "close")) as [number];
  return { code, text, lines: text.trim().split("\n") };
}

describe("npm run smoke", () => {
  it("takes a patient through its life and sees each access in the register", async () => {
    const { code, lines, text } = await smoke(`${platform.gateway}/`);
    expect(lines.map((line) => line.replace(/\s+\d+ ms$/, ""))).toEqual([
      expect.stringMatching(/^trace {3}[0-9a-f]{32}$/),
      "ok      create a synthetic patient",
      "ok      read the patient",
      "ok      add a test",
      "ok      find the patient by name",
      "ok      delete the patient",
      "ok      see 5 accesses in the register",
      "ok      fetch the latest checkpoint",
      expect.stringMatching(/^passed {2}checkpoint \d+, [\d.]+ s in all$/),
    ]);
    expect(code).toBe(0);
    expect(text).not.toContain(PARTNER_KEY);
  });

  it("names the step that failed", async () => {
    const { code, lines } = await smoke(platform.gateway, "wrong-key");
    expect(lines.at(-1)).toBe("FAILED  create a synthetic patient: createPatient answered 401, expected 201");
    expect(code).toBe(1);
  });
});

describe("readOptions", () => {
  const environment = { PARTNER: "p", AUDITOR: "a", EMPTY: "" };

  it("takes keys from the environment", () => {
    expect(readOptions(["--gateway", "https://g.example//", ...FROM], environment)).toEqual({
      gateway: "https://g.example",
      partnerKey: "p",
      auditorKey: "a",
    });
  });

  it.each([
    [FROM, "--gateway is missing"],
    [["--gateway", "g.example", ...FROM], "begins with https://"],
    [["--gateway", "https://g.example"], "--partner-key-from is missing."],
    [
      ["--gateway", "https://g.example", "--partner-key-from", "the-very-key"],
      "names no environment variable",
    ],
    [["--gateway", "https://g.example", ...FROM, "--partner-key-from", "EMPTY"], "A key is empty."],
    [["--gateway", "https://g.example", ...FROM, "--key", "x"], "--key"],
  ])("refuses %j", (args, message) => {
    const refusal = readOptions(args, environment);
    expect(refusal).toContain(message);
    expect(refusal).not.toContain("the-very-key");
  });
});
