import { join } from "node:path";
import { parseArgs } from "node:util";
import { ContractError } from "../finding.ts";
import { generate } from "../generate.ts";
import { compareOutputs, hasDrift, writeOutputs, type Drift } from "../outputs.ts";
import { FAILED, PASSED, UNJUDGED } from "./exit-codes.ts";
import type { Command, Terminal } from "./terminal.ts";

/** `generate [--check]`: with `--check` it compares only, writes nothing, and fails when `generated/` is not what the sources say. */
export const runGenerate: Command = async ({ projectDirectory, args, print, fail }) => {
  const startedAt = performance.now();
  const folder = join(projectDirectory, "generated");
  try {
    const check = wantsCheck(args);
    const outputs = await generate(projectDirectory);
    if (check) return reportDrift(compareOutputs(folder, outputs), { print, fail });
    const { stale, missing, extra } = writeOutputs(folder, outputs);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    print(
      `generated/: ${outputs.length} files in ${seconds} s, ${stale.length + missing.length} written, ${extra.length} removed`,
    );
    return PASSED;
  } catch (error) {
    if (error instanceof ContractError) {
      fail(error.message);
      return FAILED;
    }
    if (!isUsageError(error)) throw error;
    fail(`${error.message}\nusage: npm run generate [-- --check]`);
    return UNJUDGED;
  }
};

function wantsCheck(args: readonly string[]): boolean {
  const { values } = parseArgs({ args: [...args], options: { check: { type: "boolean" } } });
  return values.check === true;
}

function isUsageError(error: unknown): error is TypeError {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

function reportDrift(drift: Drift, { print, fail }: Pick<Terminal, "print" | "fail">): number {
  if (!hasDrift(drift)) {
    print("generated/ is what openapi/ and apim-policies/ say");
    return PASSED;
  }
  const lines = (["stale", "missing", "extra"] as const).flatMap((kind) =>
    drift[kind].map((path) => `generated/${path}:1:1  error  drift/${kind}  not what the sources say`),
  );
  fail([...lines, "Run: npm run generate"].join("\n"));
  return FAILED;
}
