import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { KnownNames } from "../kql/check-names.ts";

const project = join(import.meta.dirname, "../../..");

/** The text of a file of the project. */
export function textOf(path: string): string {
  return readFileSync(join(project, path), "utf8");
}

/** What the apps are made of, without their tests. */
export const sources = globSync("{runtime,handlers}/**/*.ts", { cwd: project })
  .filter((path) => !/\.test\.ts$|\/testing\//.test(path))
  .map(textOf)
  .join("\n");

/** All that matches in a text, each once: the pattern's first group. */
export function valuesOf(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, value = ""]) => value))];
}

const keysOf = (file: string, constant: string) =>
  valuesOf(
    textOf(file).split(`const ${constant} = {`)[1]?.split("\n} as const")[0] ?? "",
    /^ {2}"([^"]+)":/gm,
  );

/** The names that the sources of the apps give: these rooms may not be imported from here. */
export const knownNames: KnownNames = {
  metrics: keysOf("runtime/telemetry/metrics.ts", "METRICS"),
  dimensions: valuesOf(valuesOf(sources, /meter\.record\([^{};]*\{([^}]*)\}/g).join(), /(?:^|,)\s*(\w+)/g),
  attributes: keysOf("runtime/telemetry/attributes.ts", "ATTRIBUTES"),
  events: valuesOf(sources, /\blog\(\s*"(?:info|warn|error)",\s*"([^"]+)"/g),
  // What `runtime/telemetry/log.ts` writes with every line, and whatever is a word of the sources.
  details: ["event", "service", ...valuesOf(sources, /\b(\w+)\b/g)],
  jobs: valuesOf(sources, /name: "([a-z-]+)",\s*schedule:/g),
  codes: valuesOf(textOf("runtime/problem/catalogue.ts"), /"([a-z-]+)"/g),
};
