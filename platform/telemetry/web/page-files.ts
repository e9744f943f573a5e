import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

export interface PageFile {
  readonly type: string;
  readonly content: Buffer;
}

/**
 * Reads a file of the pages.
 *
 * @param name as in the address below `/telemetry/`; empty for the page itself
 * @returns `undefined` when there is none of that name
 */
export async function readPageFile(name: string): Promise<PageFile | undefined> {
  const file = name === "" ? "index.html" : name;
  const type = TYPES[extname(file)];
  if (!FILE_NAME.test(file) || type === undefined) return undefined;
  const content = await readFile(join(import.meta.dirname, "../pages", file)).catch(() => undefined);
  return content && { type, content };
}

/** No folder, and no way into one. */
const FILE_NAME = /^[a-z][a-z-]{0,40}\.[a-z]{2,4}$/;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};
