import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { describe, expect, it } from "@jest/globals";
import { exportFixture } from "./export-fixture.ts";

const main = join(import.meta.dirname, "main.ts");

/** The command as npm runs it, given an export on standard input. */
async function command(args: readonly string[], input: string) {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(input);
  const [out, error] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, "close")]);
  return { code: child.exitCode, out, error };
}

describe("npm run audit:verify", () => {
  const { lines } = exportFixture();

  it.each<[string, readonly string[], string, number, RegExp]>([
    ["0 when all is verified", ["-"], `${lines.join("\n")}\n`, 0, /^verified {3}16 records/],
    [
      "1 for tampering",
      ["-"],
      `${lines.toSpliced(2, 1).join("\n")}\n`,
      1,
      /^fault: chain in stream s00, first bad sequence 1/,
    ],
    ["2 for a wrong call", ["-", "more"], "", 2, /^$/],
  ])("ends with %s", async (_, args, input, code, out) => {
    const result = await command(args, input);
    expect(result.code).toBe(code);
    expect(result.out).toMatch(out);
    expect(result.error).toMatch(code === 2 ? /usage: npm run audit:verify/ : /^$/);
  });
});
