import { buildApps } from "../build/build-apps.ts";
import type { Terminal } from "./terminal.ts";

/** `build`. Gives the exit code. */
export async function runBuild({ projectDirectory, print, fail }: Terminal): Promise<number> {
  try {
    const built = await buildApps({ projectDirectory });
    for (const { name, bundle, skipped } of built)
      print(`${name}: ${bundle}${skipped ? " (unchanged)" : ""}`);
    return 0;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}
