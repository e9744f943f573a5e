import { parseArgs } from "node:util";
import { startTestPlatform } from "../support/start-test-platform.ts";
import { COMPRESSED, rotateUnderLoad } from "./rotate-under-load.ts";

/**
 * `npm run rotate-keys:load -- [--rotations 100] [--kills]`: rotates each secret of a platform of its own so many times while clients
 * go on asking. Exit code 1 when a request failed or an old key still opened something a minute later.
 */
const { values } = parseArgs({
  options: { rotations: { type: "string", default: "100" }, kills: { type: "boolean", default: false } },
});
const rotations = Number(values.rotations);
if (!Number.isSafeInteger(rotations) || rotations < 0) {
  process.stderr.write(`--rotations is "${values.rotations}"; expected a whole number.\n`);
  process.exit(2);
}
const platform = await startTestPlatform({ appSettings: COMPRESSED });
const begin = performance.now();
try {
  const { served, failures } = await rotateUnderLoad({
    ...{ platform, rotations, kills: values.kills },
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
