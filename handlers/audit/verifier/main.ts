import { runVerifier } from "./run-verifier.ts";

process.exitCode = await runVerifier(process.argv.slice(2), {
  stdin: process.stdin,
  subscriptionKey: process.env.AUDIT_KEY,
  print: (text) => void process.stdout.write(`${text}\n`),
  warn: (text) => void process.stderr.write(`${text}\n`),
  elapsed: () => performance.now(),
});
