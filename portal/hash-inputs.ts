import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

/** A SHA-256, in hexadecimal, of the given texts and of everything here that makes pages of them. */
export async function hashInputs(texts: readonly string[]): Promise<string> {
  const sources = (await readdir(import.meta.dirname)).filter((file) => !file.endsWith(".test.ts")).sort();
  const files = sources.map((file) => path.join(import.meta.dirname, file));
  const packages = ["@redocly/cli/package.json", "marked/package.json"].map((file) => require.resolve(file));
  const contents = await Promise.all([...files, ...packages].map((file) => readFile(file, "utf8")));
  const hash = createHash("sha256");
  // The length keeps two texts apart that would join to the same whole.
  for (const text of [...texts, ...contents]) hash.update(`${text.length}:${text}`);
  return hash.digest("hex");
}
