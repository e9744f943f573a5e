import type { TerraformStack } from "cdktf";
import type { AzureEnvironment } from "../../generated/environment.ts";
import type { Manifest } from "../manifest.ts";
import type { FoundationParts, ServicesParts } from "../parts.ts";

export interface ObservabilityOptions {
  readonly environment: AzureEnvironment;
  readonly manifest: Manifest;
  readonly foundation: FoundationParts;
  readonly services: ServicesParts;
  /** API Management's id. */
  readonly gatewayId: string;
}

/** What alerts are made in. */
export interface AlertScope extends ObservabilityOptions {
  readonly stack: TerraformStack;
  /** Who is told. */
  readonly actionGroupId: string;
}

/** The name in Azure of an alert, or of what belongs to alerts. */
export function resourceName({ name, azure }: AzureEnvironment, role: string): string {
  return `${azure.prefix}-${name}-${role}`;
}

/** Where operators read on. */
export function runbook(id: string): string {
  return `docs/runbooks.md#${id}`;
}
