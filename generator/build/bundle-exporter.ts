import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type Plugin } from "esbuild";
import { readRecord } from "./build-inputs.ts";

const ENTRY = "runtime/telemetry/exporter/main.ts";
const BUNDLE = ".build/telemetry/telemetry.cjs";

/**
 * Bundles the telemetry exporter, once for all apps: the SDK is several times larger than an app, and an app that never sends
 * anything never loads it.
 * @returns the bundle, relative to the project; `undefined` for a project without an exporter
 */
export async function bundleExporter(projectDirectory: string): Promise<string | undefined> {
  if (!existsSync(join(projectDirectory, ENTRY))) return undefined;
  const record = readRecord(recordFile(projectDirectory));
  const isThere = existsSync(join(projectDirectory, BUNDLE));
  if (record && isThere && record.hash === hashOf(projectDirectory, record.files)) return BUNDLE;
  const { metafile } = await build({
    absWorkingDir: projectDirectory,
    entryPoints: [ENTRY],
    outfile: join(projectDirectory, BUNDLE),
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    minify: true,
    metafile: true,
    logLevel: "silent",
    plugins: [withoutRemoteSettings],
  });
  const files = Object.keys(metafile.inputs).filter((file) => !file.includes("node_modules/"));
  writeFileSync(
    recordFile(projectDirectory),
    JSON.stringify({ files, hash: hashOf(projectDirectory, files) }),
  );
  return BUNDLE;
}

/** Puts the exporter beside an app's bundle, where the app looks for it. */
export function placeExporter(projectDirectory: string, exporter: string, appBundle: string): void {
  const folder = dirname(appBundle);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(projectDirectory, exporter), join(folder, "telemetry.cjs"));
}

/**
 * Application Insights' exporter asks a server of Microsoft's, every hour, which of its features are switched on. It has no setting
 * against that; what it would be told does not concern us, and an app speaks to nobody that its network rules do not name.
 */
const withoutRemoteSettings: Plugin = {
  name: "without-remote-settings",
  setup(builder) {
    builder.onLoad({ filter: /[/\\]_configuration[/\\]configurationWorker\.js$/ }, () => ({
      contents: "exports.ConfigurationWorker = class { shutdown() {} };",
      loader: "js",
    }));
  },
};

/** Packages count as their lock file: they change only with it. */
function hashOf(projectDirectory: string, files: readonly string[]): string {
  const hash = createHash("sha256").update(readFileSync(import.meta.filename));
  for (const file of ["package-lock.json", ...files].map((name) => join(projectDirectory, name)))
    hash.update(`\0${file}\0`).update(existsSync(file) ? readFileSync(file) : "absent");
  return hash.digest("hex");
}

function recordFile(projectDirectory: string): string {
  return join(dirname(join(projectDirectory, BUNDLE)), "inputs.json");
}
