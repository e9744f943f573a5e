import type { PlatformAddresses } from "./start-test-platform.ts";

/** The platform that all journeys share (`global-setup.ts`). */
export function sharedPlatform(): PlatformAddresses {
  return JSON.parse(process.env.TEST_ADDRESSES ?? "{}") as PlatformAddresses;
}

export const PARTNER_KEY = "local-partner-key";
export const AUDITOR_KEY = "local-auditor-key";
