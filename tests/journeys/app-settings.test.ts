import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "@jest/globals";
import { sharedPlatform } from "../support/addresses.ts";

const project = join(import.meta.dirname, "../..");
const { stateDirectory } = sharedPlatform();

/** What the built app needs, at addresses where nobody listens. */
const SETTINGS = {
  AUDIT_URL: "http://127.0.0.1:9",
  KEY_VAULT_URL: "http://127.0.0.1:9",
  MONGODB_DATABASE: "patient",
};

/** Auditing is never silently off: the very bundle that deploys, in the host that loads it. */
describe("the built Patient app does not start", () => {
  it.each([
    ["without AUDIT_URL", { AUDIT_URL: undefined }, "Setting AUDIT_URL is not set"],
    ["with an empty AUDIT_URL", { AUDIT_URL: " " }, "Setting AUDIT_URL is not set"],
    ["with an AUDIT_URL that is none", { AUDIT_URL: "audit" }, 'Setting AUDIT_URL is "audit"'],
    ["without KEY_VAULT_URL", { KEY_VAULT_URL: undefined }, "Setting KEY_VAULT_URL is not set"],
    ["without MONGODB_DATABASE", { MONGODB_DATABASE: undefined }, "Setting MONGODB_DATABASE is not set"],
  ])("%s: one clear line, and an exit code", async (_, changes, line) => {
    const { code, lines } = await startApp({ ...SETTINGS, ...changes });
    expect(code).toBe(1);
    // Without a supervisor, what it would be told over IPC is a line of JSON beside it.
    expect(lines.filter((one) => !one.startsWith("{"))).toEqual([
      expect.stringContaining(`ConfigurationError: ${line}; expected `),
    ]);
    expect(lines.join("\n")).not.toMatch(/\n\s+at /);
  });
});

async function startApp(
  settings: Record<string, string | undefined>,
): Promise<{ code: number; lines: string[] }> {
  const child = spawn(process.execPath, [join(project, "platform/functions-host/main.ts")], {
    env: {
      PATH: process.env.PATH,
      NODE_NO_WARNINGS: "1",
      SPECIMEN_APP_BUNDLE: join(project, ".build/apps/patient/index.cjs"),
      SPECIMEN_APP_HOST_JSON: join(project, "generated/patient/host.json"),
      SPECIMEN_APP_KEYS: join(stateDirectory, "apps/patient/keys.json"),
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code: code as number, lines: `${out}${errors}`.trimEnd().split("\n") };
}
