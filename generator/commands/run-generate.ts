import { join } from "node:path";
import { ContractError } from "../finding.ts";
import { generate } from "../generate.ts";
import { compareOutputs, hasDrift, writeOutputs, type Drift } from "../outputs.ts";
import type { Terminal } from "./terminal.ts";

export interface GenerateOptions extends Terminal {
  /** Compare only: write nothing, and fail when `generated/` is not what the sources say. */
  readonly check: boolean;
}

/** `generate [--check]`. Gives the exit code: 0, or 1 when the sources are wrong or, with `--check`, on drift. */
export async function runGenerate({
  projectDirectory,
  check,
  print,
  fail,
}: GenerateOptions): Promise<number> {
  const startedAt = performance.now();
  const folder = join(projectDirectory, "generated");
  try {
    const outputs = await generate(projectDirectory);
    if (check) return reportDrift(compareOutputs(folder, outputs), { print, fail });
    const { stale, missing, extra } = writeOutputs(folder, outputs);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    print(
      `generated/: ${outputs.length} files in ${seconds} s, ${stale.length + missing.length} written, ${extra.length} removed`,
    );
    return 0;
  } catch (error) {
    if (error instanceof ContractError) return fail(error.message);
    throw error;
  }
}

function reportDrift(drift: Drift, { print, fail }: Pick<Terminal, "print" | "fail">): number {
  if (!hasDrift(drift)) {
    print("generated/ is what openapi/ and apim-policies/ say");
    return 0;
  }
  const lines = (["stale", "missing", "extra"] as const).flatMap((kind) =>
    drift[kind].map((path) => `generated/${path}:1:1  error  drift/${kind}  not what the sources say`),
  );
  return fail([...lines, "Run: npm run generate"].join("\n"));
}
