import type { AzureEnvironment } from "../generated/environment.ts";
import type { Manifest } from "./manifest.ts";
import { namesOf } from "./names.ts";
import type { Names } from "./names.ts";

/** What is deployed, and where to: what each stack is made from. */
export interface Deployment {
  readonly environment: AzureEnvironment;
  readonly manifest: Manifest;
  readonly names: Names;
}

export function deploymentOf(environment: AzureEnvironment, manifest: Manifest): Deployment {
  return { environment, manifest, names: namesOf(environment) };
}
