import { enableCompileCache } from "node:module";
import { join } from "node:path";

const USAGE = "usage: node generator/cli.ts generate [--check] | build";
const projectDirectory = join(import.meta.dirname, "..");

// The compiler that prints the types is 9 MB of JavaScript: not parsing it anew halves the time of a run.
enableCompileCache(join(projectDirectory, "node_modules/.cache/node"));

process.exitCode = await main(process.argv.slice(2));

/** Runs one command. Each is loaded when it is asked for: `build` needs no TypeScript, `generate` no bundler. */
async function main([command, ...options]: readonly string[]): Promise<number> {
  const unknown = options.find((option) => option !== "--check" || command !== "generate");
  if (unknown !== undefined) return fail(USAGE);
  if (command === "generate") {
    const { runGenerate } = await import("./commands/run-generate.ts");
    return runGenerate({ projectDirectory, check: options.includes("--check"), print, fail });
  }
  if (command === "build") {
    const { runBuild } = await import("./commands/run-build.ts");
    return runBuild({ projectDirectory, print, fail });
  }
  return fail(USAGE);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(line: string): number {
  process.stderr.write(`${line}\n`);
  return 1;
}
