import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build, formatMessages, type BuildFailure } from "esbuild";
import type { AppSource } from "./build-apps.ts";
import { replaceModules } from "./replace-modules.ts";

/** The worker of Azure Functions answers this one itself; a copy in the bundle would be another library. */
const WORKER = "@azure/functions-core";

/** Asked for by mongodb and its helpers only when it is installed: a bundle works without them. */
const OPTIONAL = [
  "@aws-sdk/credential-providers",
  "@mongodb-js/zstd",
  "aws4",
  "gcp-metadata",
  "kerberos",
  "mongodb-client-encryption",
  "snappy",
  "socks",
];

/**
 * Bundles one function app for Node 22 and 24.
 * @returns the files that went into it, relative to the project
 * @throws {Error} with the first message of esbuild, file and line included
 */
export async function bundleApp(projectDirectory: string, app: AppSource): Promise<string[]> {
  const outfile = resolve(projectDirectory, app.bundle);
  const result = await build({
    absWorkingDir: projectDirectory,
    entryPoints: [app.entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    external: [WORKER, ...OPTIONAL],
    // What lies beside the bundle is found there.
    define: { "import.meta.dirname": "__dirname" },
    sourcemap: "linked",
    minifySyntax: true,
    metafile: true,
    logLevel: "silent",
    plugins: app.modules ? [replaceModules(projectDirectory, app.modules)] : [],
  }).catch(explain);
  writeCompanions(projectDirectory, app, dirname(outfile));
  return Object.keys(result.metafile.inputs);
}

/** What the Functions host expects beside the bundle. */
function writeCompanions(projectDirectory: string, app: AppSource, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const manifest = { name: `${app.name}-app`, private: true, type: "commonjs", main: "index.cjs" };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  copyFileSync(join(projectDirectory, "generated", app.hostJson), join(folder, "host.json"));
}

async function explain(error: unknown): Promise<never> {
  if (!isBuildFailure(error)) throw error;
  const [message = "esbuild failed"] = await formatMessages(error.errors.slice(0, 1), { kind: "error" });
  throw new Error(message.trim(), { cause: error });
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return (
    error instanceof Error && "errors" in error && Array.isArray(error.errors) && error.errors.length > 0
  );
}
