const common = {
  testEnvironment: "node",
  modulePathIgnorePatterns: ["/.build/", "/.local/"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "^.+\\.ts$": "<rootDir>/tests/support/strip-types.js" },
};
const ignored = ["/node_modules/", "/.build/", "/.local/"];

/** @type {import("jest").Config} */
export default {
  testTimeout: 30_000,
  // On two cores jest would run everything in one process, and leave a core idle.
  maxWorkers: "100%",
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/**/*.test.ts"],
      testPathIgnorePatterns: [...ignored, "<rootDir>/tests/journeys/"],
    },
    {
      ...common,
      displayName: "journeys",
      testMatch: ["<rootDir>/tests/journeys/**/*.test.ts"],
      testPathIgnorePatterns: ignored,
      globalSetup: "<rootDir>/tests/support/global-setup.ts",
      globalTeardown: "<rootDir>/tests/support/global-teardown.ts",
    },
  ],
};
