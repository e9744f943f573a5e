import { join } from "node:path";
import { synthCommand } from "./synth-command.ts";

process.exitCode = await synthCommand(process.argv.slice(2), {
  projectDirectory: join(import.meta.dirname, ".."),
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
