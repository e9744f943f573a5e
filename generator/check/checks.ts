/** A command of `npm run check`, run in the project's folder. */
export interface Check {
  readonly name: string;
  /** The arguments of Node. */
  readonly command: readonly string[];
}

/** The longest first: two run at a time. */
export const CHECKS: readonly Check[] = [
  { name: "lint", command: ["node_modules/eslint/bin/eslint.js", ...eslintCache(), "."] },
  { name: "types", command: ["node_modules/typescript/bin/tsc", "--noEmit", "--pretty", "false"] },
  // The sources, lint and drift, in one stream of findings (docs/rules/README.md).
  { name: "contract", command: ["generator/cli.ts", "contract"] },
  {
    name: "format",
    command: ["node_modules/prettier/bin/prettier.cjs", "--check", "--cache", "--log-level=warn", "."],
  },
];

function eslintCache(): string[] {
  return ["--cache", "--cache-location", "node_modules/.cache/eslint/"];
}
