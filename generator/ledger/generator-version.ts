import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, stringAt } from "../load/json.ts";
import { hashOf } from "./hash-of.ts";
import type { Hashes } from "./hash-files.ts";
import { reachableSources } from "./reachable-sources.ts";

/** What decides, beside the sources, what is generated. */
export interface GeneratorVersion {
  /** Each source file of the generator that can change an output. */
  readonly files: Hashes;
  /** The version of each package that prints a part of an output. */
  readonly tools: Readonly<Record<string, string>>;
}

const project = join(import.meta.dirname, "../..");

/** Reads the sources, and leads to all that prints from them. */
const ENTRY = "generator/ledger/read-artefacts.ts";
const TOOLS = ["ajv", "esbuild", "openapi-typescript", "prettier", "typescript"];

let known: GeneratorVersion | undefined;

/** The version of the generator that this process runs; read once, since what has been loaded stays. */
export function generatorVersion(): GeneratorVersion {
  return (known ??= {
    files: Object.fromEntries(
      [...reachableSources(project, ENTRY)].map(([name, text]) => [name, hashOf(text)]),
    ),
    tools: Object.fromEntries(TOOLS.map((tool) => [tool, versionOf(tool)])),
  });
}

function versionOf(tool: string): string {
  const text = readFileSync(join(project, "node_modules", tool, "package.json"), "utf8");
  const manifest: unknown = JSON.parse(text);
  return (isObject(manifest) ? stringAt(manifest, "version") : undefined) ?? "unknown";
}
