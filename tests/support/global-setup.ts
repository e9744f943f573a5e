import { startTestPlatform } from "./start-test-platform.ts";
import type { TestPlatform } from "./start-test-platform.ts";

/** One platform for all journeys that do not break it. Its addresses reach the tests through the environment. */
export default async function setUp(): Promise<void> {
  const platform = await startTestPlatform({
    environment: { SPECIMEN_TELEMETRY: "local", ...databaseSettings() },
  });
  const { gateway, apps, keys, databases, stateDirectory } = platform;
  process.env.TEST_ADDRESSES = JSON.stringify({ gateway, apps, keys, databases, stateDirectory });
  shared.platform = platform;
}

/** Between set-up and tear-down, which run in the same process. */
export const shared: { platform?: TestPlatform } = globalThis as { platform?: TestPlatform };

/** `TEST_MONGODB_URI` runs the journeys on a server of another make, which must be the tests' own. */
function databaseSettings(): Record<string, string> {
  const uri = process.env.TEST_MONGODB_URI;
  return uri ? { MONGODB_URI_PATIENT: uri, MONGODB_URI_AUDIT: uri } : {};
}
