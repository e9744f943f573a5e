import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Manifest, ManifestApi } from "../manifest.ts";
import type { AzureRest, TokenSource } from "../rotation/azure-rest.ts";
import type { Target } from "../rotation/target.ts";
import { packageApp } from "./package-app.ts";
import { publishApp } from "./publish-app.ts";
import { runCommand } from "./run-command.ts";

export interface DeployCodeOptions {
  readonly projectDirectory: string;
  readonly manifest: Manifest;
  readonly target: Target;
  readonly resourceManager: AzureRest;
  readonly say: (line: string) => void;
}

/** Builds every app, and publishes one after the other. An app is done when Azure lists each of its functions. */
export async function deployCode(options: DeployCodeOptions): Promise<void> {
  const { projectDirectory, manifest, target, say } = options;
  const build = ["--disable-warning=ExperimentalWarning", "generator/cli.ts", "build"];
  const { code } = await runCommand(process.execPath, build, {
    workingDirectory: projectDirectory,
    output: "show",
  });
  if (code !== 0) throw new Error(`npm run build ended with code ${code}`);
  for (const api of registerFirst(manifest)) {
    const content = await packageApp(dirname(join(projectDirectory, api.app.bundle)));
    say(`code: publish ${api.name}, ${Math.ceil(content.length / 1024)} KiB`);
    await publishApp({
      siteUrl: siteUrlOf(target, api),
      credential: target.credential satisfies TokenSource,
      package: content,
    });
    await untilListed(options, api);
    say(`code: ${api.name} has its ${api.operations.length} functions`);
  }
}

/** The register may take more than before when the others begin to send it. */
function registerFirst({ apis }: Manifest): readonly ManifestApi[] {
  const records = ({ app }: ManifestApi) => app.settings.includes("AUDIT_URL");
  return [...apis.filter((api) => !records(api)), ...apis.filter(records)];
}

function siteUrlOf(target: Target, { name }: ManifestApi): string {
  return `https://${target.app(name).site}.scm.azurewebsites.net`;
}

const LONGEST_MS = 5 * 60_000;
const POLL_MS = 5_000;

/** @see https://learn.microsoft.com/rest/api/appservice/web-apps/list-functions */
async function untilListed(
  { target, resourceManager }: DeployCodeOptions,
  { name, operations }: ManifestApi,
): Promise<void> {
  const path = `${target.resourceGroup}/providers/Microsoft.Web/sites/${target.app(name).site}/functions?api-version=2024-04-01`;
  for (let waited = 0; ; waited += POLL_MS) {
    const { value } = await resourceManager.call("GET", path);
    const listed = new Set(Array.isArray(value) ? value.map(nameOf) : []);
    const missing = operations.filter(({ operationId }) => !listed.has(operationId));
    if (missing.length === 0) return;
    if (waited >= LONGEST_MS)
      throw new Error(
        `After ${LONGEST_MS / 60_000} minutes ${name} has no function ${missing.map(({ operationId }) => operationId).join(", ")}: its host does not start`,
      );
    await sleep(POLL_MS);
  }
}

/** `<app>/<function>` */
function nameOf(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null || !("name" in item)) return undefined;
  return typeof item.name === "string" ? item.name.split("/").at(-1) : undefined;
}
