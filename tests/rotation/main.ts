import { parseArgs } from "node:util";
import { startTestPlatform } from "../support/start-test-platform.ts";
import { COMPRESSED, rotateUnderLoad } from "./rotate-under-load.ts";

/**
 * `npm run rotate-keys:load -- [--rotations 100] [--kill-every 0]`: rotates each secret of a platform of its own so many times while
 * clients go on asking, and then once more for every n-th step of the command, which is killed there and run again. Exit code 1 when
 * a request failed or an old key still opened something a minute later.
 */
const { values } = parseArgs({
  options: { rotations: { type: "string", default: "100" }, "kill-every": { type: "string", default: "0" } },
});
const rotations = wholeNumber("rotations");
const killEvery = wholeNumber("kill-every");
const platform = await startTestPlatform({ appSettings: COMPRESSED });
const begin = performance.now();
try {
  const { served, failures } = await rotateUnderLoad({
    ...{ platform, rotations, killEvery },
    tell: (line) => process.stdout.write(`${line}\n`),
  });
  for (const { operation, status, at } of failures.slice(0, 20))
    process.stdout.write(`  failed: ${operation} ${status} at ${new Date(at).toISOString()}\n`);
  const seconds = ((performance.now() - begin) / 1000).toFixed(0);
  process.stdout.write(`${served} requests served, ${failures.length} failed, in ${seconds} s\n`);
  process.exitCode = failures.length > 0 ? 1 : 0;
} finally {
  await platform.stop();
}
process.exit();

function wholeNumber(name: "rotations" | "kill-every"): number {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  process.stderr.write(`--${name} is "${values[name]}"; expected a whole number.\n`);
  process.exit(2);
}
