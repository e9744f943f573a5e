import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { App } from "cdktf";
import type { AzureEnvironment } from "../generated/environment.ts";
import { deploymentOf } from "./deployment.ts";
import { createFoundation } from "./foundation/foundation.ts";
import { createGateway } from "./gateway/gateway.ts";
import { readManifest } from "./manifest.ts";
import type { Manifest } from "./manifest.ts";
import { loadCollections } from "./services/collections.ts";
import { createServices } from "./services/services.ts";
import type { Collections } from "./services/services.ts";
import { STACKS } from "./stack-document.ts";
import type { StackDocument, StackName, TerraformDocument } from "./stack-document.ts";

export interface SynthesisOptions {
  readonly environment: AzureEnvironment;
  /** Absolute. */
  readonly projectDirectory: string;
  /** Where the stacks are written, as `stacks/<stack>/cdk.tf.json` with their assets; what is there is replaced. */
  readonly outputDirectory: string;
}

/**
 * Writes one environment's stacks as Terraform's JSON: in this process, with neither Terraform nor a network, and the same
 * bytes each time.
 * @throws {SettingFaults} when a setting makes a stack that Azure would refuse
 */
export async function synthesise(options: SynthesisOptions): Promise<readonly StackDocument[]> {
  const { environment, projectDirectory, outputDirectory } = options;
  const manifest = await readManifest(projectDirectory);
  const collections = await loadAllCollections(projectDirectory, manifest);
  await rm(outputDirectory, { recursive: true, force: true });
  await mkdir(outputDirectory, { recursive: true });
  const app = new App({ outdir: outputDirectory, stackTraces: false, hclOutput: false });
  const deployment = deploymentOf(environment, manifest);
  const foundation = createFoundation(app, deployment);
  const services = createServices(app, deployment, foundation, collections);
  const generatedDirectory = join(projectDirectory, "generated");
  createGateway(app, { environment, manifest, generatedDirectory, foundation, services });
  app.synth();
  // For the tool that runs CDK for Terraform's own deployments, which nobody here does.
  await rm(join(outputDirectory, "manifest.json"), { force: true });
  return Promise.all(STACKS.map((name) => finish(name, join(outputDirectory, "stacks", name))));
}

async function loadAllCollections(projectDirectory: string, { apis }: Manifest): Promise<Collections> {
  return new Map(
    await Promise.all(
      apis.map(async ({ name }) => [name, await loadCollections(projectDirectory, name)] as const),
    ),
  );
}

/** Takes out of a written stack what says how it was made, and reads it back. */
async function finish(name: StackName, directory: string): Promise<StackDocument> {
  const file = join(directory, "cdk.tf.json");
  const document = withoutComments(JSON.parse(await readFile(file, "utf8"))) as TerraformDocument;
  await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
  return { name, document, assets: await readAssets(directory) };
}

/** `//` is Terraform's comment in JSON; CDK for Terraform writes its own version and its constructs' paths there. */
function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, member]) => [key, withoutComments(member)]),
  );
}

async function readAssets(directory: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name !== "cdk.tf.json")
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const path = file.slice(directory.length + 1).replaceAll("\\", "/");
        return [path, await readFile(file, "utf8")] as const;
      }),
    ),
  );
}
