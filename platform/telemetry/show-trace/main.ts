import { runShowTrace } from "./run-show-trace.ts";

process.exitCode = await runShowTrace(process.argv.slice(2), {
  port: process.env.SPECIMEN_GATEWAY_PORT,
  isColoured: process.stdout.isTTY && (process.env.NO_COLOR ?? "") === "",
  print: (text) => void process.stdout.write(`${text}\n`),
  warn: (text) => void process.stderr.write(`${text}\n`),
});
