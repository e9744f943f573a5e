import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stop } from "esbuild";
import { isObject, listAt, objectAt, stringAt, type JsonObject } from "../load/json.ts";
import { bundleApp } from "./bundle-app.ts";
import { bundleExporter, placeExporter } from "./bundle-exporter.ts";
import { isUpToDate, recordInputs } from "./build-inputs.ts";
import { refuseMissingHandlers } from "./missing-handlers.ts";

export interface BuiltApp {
  /** The API's name. */
  readonly name: string;
  /** The bundle, relative to the project, or absolute where the output is. */
  readonly bundle: string;
  /** True when nothing had changed since it was built. */
  readonly skipped: boolean;
}

/** What of an API's entry in the manifest says how its function app is built. */
export interface AppSource {
  readonly name: string;
  /** Relative to the project. */
  readonly entry: string;
  readonly bundle: string;
  /** Relative to `generated/`. */
  readonly hostJson: string;
  /** Texts that are built in the place of modules, by path relative to the project. */
  readonly modules?: Readonly<Record<string, string>>;
}

export interface BuildOptions {
  readonly projectDirectory: string;
  /** An absolute path in the place of `.build/apps`: where tests build apps that are not those of the product. */
  readonly outputDirectory?: string;
  /** Texts that are built in the place of modules, by path relative to the project. What they import is found from there. */
  readonly modules?: Readonly<Record<string, string>>;
}

/**
 * Bundles each function app of the manifest to what is deployed: `.build/apps/<api>/` with `index.cjs`, its source map,
 * `package.json`, `host.json` and the telemetry exporter. An app whose inputs are unchanged is left as it is.
 * @throws {Error} with one line when the manifest, an entry, a handler or something that they import is missing
 */
export async function buildApps(options: BuildOptions): Promise<BuiltApp[]> {
  const { projectDirectory } = options;
  try {
    const apps = readApps(projectDirectory).map((app) => variantOf(app, options));
    const [exporter, built] = await Promise.all([
      bundleExporter(projectDirectory),
      Promise.all(apps.map((app) => buildApp(projectDirectory, app))),
    ]);
    if (exporter !== undefined)
      for (const { bundle } of built)
        placeExporter(projectDirectory, exporter, resolve(projectDirectory, bundle));
    return built;
  } finally {
    // esbuild works in a process of its own, which would stay for as long as the platform does.
    await stop();
  }
}

function variantOf(app: AppSource, { outputDirectory, modules }: BuildOptions): AppSource {
  return {
    ...app,
    ...(outputDirectory !== undefined && { bundle: resolve(outputDirectory, app.name, "index.cjs") }),
    ...(modules && { modules }),
  };
}

async function buildApp(projectDirectory: string, app: AppSource): Promise<BuiltApp> {
  const { name, bundle } = app;
  if (isUpToDate(projectDirectory, app)) return { name, bundle, skipped: true };
  if (!existsSync(join(projectDirectory, app.entry)))
    throw new Error(`${app.entry} is missing: it binds the handlers of ${name}`);
  await refuseMissingHandlers(projectDirectory, name);
  const inputs = await bundleApp(projectDirectory, app);
  recordInputs(projectDirectory, app, inputs);
  return { name, bundle, skipped: false };
}

function readApps(projectDirectory: string): AppSource[] {
  const file = join(projectDirectory, "generated/manifest.json");
  if (!existsSync(file)) throw new Error("generated/manifest.json is missing. Run: npm run generate");
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  return isObject(manifest) ? listAt(manifest, "apis").filter(isObject).map(readApp) : [];
}

function readApp(api: JsonObject): AppSource {
  const app = objectAt(api, "app");
  const [name, entry, bundle, hostJson] = [
    stringAt(api, "name"),
    ...["entry", "bundle", "hostJson"].map((key) => stringAt(app, key)),
  ];
  if (name === undefined || entry === undefined || bundle === undefined || hostJson === undefined) {
    throw new Error("generated/manifest.json does not say how to build an app. Run: npm run generate");
  }
  return { name, entry, bundle, hostJson };
}
