import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startOf, type Finding, type Position } from "../finding.ts";
import type { GeneratorVersion } from "./generator-version.ts";
import { changedNames } from "./hash-files.ts";

/** What has changed of the generator since `generated/` was made: its sources in one finding, each package in one. */
export function generatorFindings(
  projectDirectory: string,
  before: GeneratorVersion,
  now: GeneratorVersion,
  outcome: string,
): Finding[] {
  const files = changedNames(before.files, now.files);
  const tools = changedNames(before.tools, now.tools);
  const place = files.find((file) => file in now.files) ?? "generator/generate.ts";
  return [
    ...(files.length > 0 ? [finding(startOf(place), `${nameSome(files)} changed`, outcome)] : []),
    ...tools.map((tool) => {
      const versions = `${tool} ${before.tools[tool] ?? "absent"} → ${now.tools[tool] ?? "absent"}`;
      return finding(lineOf(projectDirectory, tool), versions, outcome);
    }),
  ];
}

function finding(place: Position, what: string, outcome: string): Finding {
  return {
    ...place,
    severity: "error",
    rule: "drift/generator",
    message: `${what} since generated/ was made: ${outcome}`,
    hint: "npm run generate",
  };
}

function nameSome([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more of the generator`;
}

/** The line of `package.json` that asks for a package. */
function lineOf(projectDirectory: string, tool: string): Position {
  const file = join(projectDirectory, "package.json");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const line = lines.findIndex((text) => text.trimStart().startsWith(`"${tool}":`));
  return { ...startOf("package.json"), line: Math.max(line, 0) + 1 };
}
