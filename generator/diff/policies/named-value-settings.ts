import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startOf, type Position } from "../../finding.ts";
import { isObject, objectAt } from "../../load/json.ts";

/** The environment whose limits partners are promised. */
const FILE = "environments/prod.ts";

/** The values that policies name, as production sets them. */
export interface NamedValueSettings {
  readonly get: (name: string) => string | undefined;
  /** Where a value is set. */
  readonly at: (name: string) => Position;
}

const NONE: NamedValueSettings = { get: () => undefined, at: () => startOf(FILE) };

/**
 * Reads the named values of production. The file is a module without imports at run time.
 * @param folder what the file is read from
 * @throws {Error} when the module cannot be run
 */
export async function loadNamedValues(folder: string): Promise<NamedValueSettings> {
  const path = join(folder, FILE);
  if (!existsSync(path)) return NONE;
  const text = readFileSync(path, "utf8");
  const url = pathToFileURL(path);
  // A module is loaded once for each address: what was read before must not stand for what the file says now.
  url.searchParams.set("v", String(hashOf(text)));
  const module: unknown = await import(url.href);
  const environment = isObject(module) ? objectAt(module, "prod") : {};
  const values = objectAt(environment, "namedValues");
  return {
    get: (name) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return typeof value === "string" ? value : undefined;
    },
    at: (name) => placeOf(name, text),
  };
}

function placeOf(name: string, text: string): Position {
  const lines = text.split("\n");
  const key = new RegExp(`["']?${name.replaceAll(/[^\w]/g, "\\$&")}["']?\\s*:`);
  const index = lines.findIndex((line) => key.test(line));
  if (index < 0) return startOf(FILE);
  return { file: FILE, line: index + 1, column: (lines[index] ?? "").search(/\S/) + 1 };
}

function hashOf(text: string): number {
  let hash = 0;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) | 0;
  return hash;
}
