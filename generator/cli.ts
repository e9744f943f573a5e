import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { UNJUDGED } from "./commands/exit-codes.ts";
import type { Command } from "./commands/terminal.ts";

const projectDirectory = join(import.meta.dirname, "..");

// The compiler that prints the types is 9 MB of JavaScript: not parsing it anew halves the time of a run.
enableCompileCache(join(projectDirectory, "node_modules/.cache/node"));

/** Each command is loaded when it is asked for: `build` needs no TypeScript, `generate` no bundler, `losses` neither. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  generate: async () => (await import("./commands/run-generate.ts")).runGenerate,
  contract: async () => (await import("./commands/run-contract.ts")).runContract,
  diff: async () => (await import("./commands/run-diff.ts")).runDiff,
  losses: async () => (await import("./commands/run-losses.ts")).runLosses,
  build: async () => (await import("./commands/run-build.ts")).runBuild,
};

process.exitCode = await main(process.argv.slice(2));

async function main([name = "", ...args]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    fail(`usage: node generator/cli.ts ${Object.keys(COMMANDS).join(" | ")}`);
    return UNJUDGED;
  }
  const run = await load();
  return run({ projectDirectory, args, print, fail });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`);
}
