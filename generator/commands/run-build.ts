import { buildApps } from "../build/build-apps.ts";
import { PASSED, UNJUDGED } from "./exit-codes.ts";
import type { Command } from "./terminal.ts";

/** `build`. */
export const runBuild: Command = async ({ projectDirectory, print, fail }) => {
  try {
    const built = await buildApps({ projectDirectory });
    for (const { name, bundle, skipped } of built)
      print(`${name}: ${bundle}${skipped ? " (unchanged)" : ""}`);
    return PASSED;
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    return UNJUDGED;
  }
};
