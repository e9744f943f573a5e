import path from "node:path";
import { buildPortal } from "./build-portal.ts";

const root = path.dirname(import.meta.dirname);
const outputDirectory = path.join(root, ".build/portal");

try {
  const started = performance.now();
  const { built } = await buildPortal({
    generatedDirectory: path.join(root, "generated"),
    errorsFile: path.join(root, "docs/errors.md"),
    outputDirectory,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const where = path.relative(process.cwd(), path.join(outputDirectory, "index.html"));
  process.stdout.write(built ? `Built ${where} in ${seconds} s.\n` : `${where} is up to date.\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
