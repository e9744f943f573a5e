import base from "./jest.config.js";

const [unit] = base.projects;

/** The suites that take longer than `npm test` may: `npm run test:long`. */
/** @type {import("jest").Config} */
export default {
  testTimeout: 60_000,
  projects: [{ ...unit, displayName: "long", testMatch: ["<rootDir>/tests/**/*.long.ts"] }],
};
