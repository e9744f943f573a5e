import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { JsonObject } from "./json.ts";
import { contentSecurityPolicy, sealPage } from "./seal-page.ts";

const run = promisify(execFile);

/**
 * Renders a document as one page with Redoc (`redocly build-docs`, in a process of its own).
 *
 * @returns a page that loads nothing
 * @throws Error with Redocly's own words, when it refuses the document
 */
export async function renderReference(document: JsonObject): Promise<string> {
  const directory = await mkdtemp(path.join(os.tmpdir(), "specimen-portal-"));
  try {
    const input = path.join(directory, "openapi.json");
    const output = path.join(directory, "index.html");
    await writeFile(input, JSON.stringify(document));
    await buildDocs(input, output);
    return sealPage(await readFile(output, "utf8"));
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function buildDocs(input: string, output: string): Promise<void> {
  const options = [
    ...["--output", output],
    ...["--template", path.join(import.meta.dirname, "reference.hbs")],
    `--templateOptions.contentSecurityPolicy=${contentSecurityPolicy}`,
    ...["--config", path.join(import.meta.dirname, "redoc.yaml")],
  ];
  const cli = path.join(
    path.dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
    "bin/cli.js",
  );
  await run(process.execPath, [cli, "build-docs", input, "--inlineBundle", ...options], {
    cwd: path.dirname(input),
    // Without these, Redocly reports its use and asks the registry for a newer version.
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", CI: "true" },
  });
}
