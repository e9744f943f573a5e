import { readFileSync } from "node:fs";

/** What the host takes from `host.json`. */
export interface HostSettings {
  /** First segments of every route. Default in Azure: `api`. */
  routePrefix: string;
}

/**
 * Reads an app's `host.json`.
 *
 * @throws Error naming the file and the setting when it is missing or is not what Azure accepts
 * @see https://learn.microsoft.com/azure/azure-functions/functions-host-json
 */
export function readHostSettings(path: string): HostSettings {
  const content = parse(path);
  if (!isRecord(content) || content.version !== "2.0") throw new Error(`${path}: expected "version": "2.0"`);
  const prefix = dig(content, ["extensions", "http", "routePrefix"]) ?? "api";
  if (typeof prefix !== "string" || !PREFIX.test(prefix)) {
    throw new Error(
      `${path}: extensions.http.routePrefix must be a path without a slash at either end, or ""`,
    );
  }
  return { routePrefix: prefix };
}

const PREFIX = /^(?:[\w.-]+(?:\/[\w.-]+)*)?$/;

function parse(path: string): unknown {
  const text = read(path);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path}: not valid JSON`);
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new Error(`${path}: cannot be read; expected the app's host.json`);
  }
}

function dig(value: unknown, keys: string[]): unknown {
  return keys.reduce((inner: unknown, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
