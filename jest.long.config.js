import base from "./jest.config.js";

const [unit] = base.projects;

/** The suites that take longer than `npm test` may: `npm run test:long`. */
/** @type {import("jest").Config} */
export default {
  testTimeout: 60_000,
  // These run in jest's own process, where Node 24.21 may not come to its end by itself: after everything has been closed it
  // waits in its own clean-up, busily, for a request that nobody answers.
  forceExit: true,
  projects: [{ ...unit, displayName: "long", testMatch: ["<rootDir>/tests/**/*.long.ts"] }],
};
