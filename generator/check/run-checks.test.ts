import { tmpdir } from "node:os";
import { describe, expect, it } from "@jest/globals";
import { runChecks } from "./run-checks.ts";

const script = (name: string, code: string) => ({ name, command: ["-e", code] });

async function run(
  checks: readonly { name: string; command: readonly string[] }[],
): Promise<{ ok: boolean; printed: string }> {
  const lines: string[] = [];
  const print = (text: string): void => void lines.push(text);
  const ok = await runChecks({ projectDirectory: tmpdir(), print, checks });
  return { ok, printed: lines.join("\n") };
}

describe("runChecks", () => {
  it("prints a line for each check and nothing of what those that passed had to say", async () => {
    const { ok, printed } = await run([
      script("one", "console.log('chatter')"),
      script("two", ""),
      script("three", ""),
    ]);
    expect(ok).toBe(true);
    expect(
      printed
        .split("\n")
        .map((line) => line.split(/\s+/).slice(0, 2).join(" "))
        .sort(),
    ).toEqual(["ok one", "ok three", "ok two"]);
    expect(printed).not.toContain("chatter");
  });

  it("fails when one fails, and prints all that it said, to either output", async () => {
    const code = "console.log('line 12'); console.error('line 13'); process.exit(2)";
    const { ok, printed } = await run([script("good", ""), script("bad", code)]);
    expect(ok).toBe(false);
    expect(printed).toMatch(/failed {2}bad/);
    expect(printed).toMatch(/── bad ──\nline 12\nline 13$/);
  });

  it("keeps telemetry off", async () => {
    const code = "process.exit(process.env.REDOCLY_TELEMETRY === 'off' ? 0 : 1)";
    expect((await run([script("telemetry", code)])).ok).toBe(true);
  });
});
