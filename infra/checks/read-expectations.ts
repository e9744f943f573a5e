import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AzureEnvironment } from "../../generated/environment.ts";
import { readManifest } from "../manifest.ts";
import { loadCollections } from "../services/collections.ts";
import type { Expectations } from "./check-stacks.ts";
import { filesForGateway } from "./gateway-documents.ts";

/** Reads what an environment's stacks are held against from the project's own files. */
export async function readExpectations(
  projectDirectory: string,
  environment: AzureEnvironment,
): Promise<Expectations> {
  const manifest = await readManifest(projectDirectory);
  const files = filesForGateway(manifest).map(
    async (file) => [file, await readFile(join(projectDirectory, "generated", file), "utf8")] as const,
  );
  const collections = manifest.apis.map(
    async ({ name }) => [name, await loadCollections(projectDirectory, name)] as const,
  );
  return {
    manifest,
    environment,
    collections: new Map(await Promise.all(collections)),
    generated: new Map(await Promise.all(files)),
  };
}
