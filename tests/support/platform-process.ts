import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startPlatform } from "../../platform/start-platform.ts";
import type { Platform } from "../../platform/start-platform.ts";
import { leaksIn } from "./canary.ts";
import type { PlatformAddresses, PlatformRequest } from "./start-test-platform.ts";

/**
 * A whole platform in a process of its own, as `npm start` makes it, told what to do over IPC. Tests run beside it, not
 * inside it, so that nothing of the test runner is in the platform.
 */
const projectDirectory = join(import.meta.dirname, "../..");
const options = JSON.parse(process.env.TEST_PLATFORM ?? "{}") as {
  environment: Record<string, string>;
  namedValues: Record<string, string>;
  appSettings: Record<string, string>;
};

let platform: Platform;
try {
  platform = await startPlatform({
    projectDirectory,
    environment: options.environment,
    namedValues: options.namedValues,
    appSettings: options.appSettings,
    log: (line) => process.send?.({ type: "log", line }),
    onTelemetry: (text) => {
      for (const leak of leaksIn(text)) process.send?.({ type: "leak", leak });
    },
  });
} catch (error) {
  process.send?.({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}

process.on("message", (request: PlatformRequest) => void answer(request));
process.on("disconnect", () => process.exit(0));
process.send?.({ type: "ready", addresses: addresses() });

async function answer(request: PlatformRequest): Promise<void> {
  if (request === "process-ids") process.send?.({ type: "process-ids", ids: platform.apps.processIds() });
  if (request === "stop") {
    await platform.stop();
    process.exit(0);
  }
}

function addresses(): PlatformAddresses {
  const keysOf = (api: string): unknown =>
    JSON.parse(readFileSync(join(platform.settings.stateDirectory, "apps", api, "keys.json"), "utf8"));
  return {
    gateway: platform.gatewayUrl,
    apps: platform.apps.urls,
    keys: Object.fromEntries(
      Object.keys(platform.apps.urls).map((api) => [api, keysOf(api)]),
    ) as PlatformAddresses["keys"],
    databases: platform.databaseUris,
    stateDirectory: platform.settings.stateDirectory,
  };
}
