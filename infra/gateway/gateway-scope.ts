import type { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management/index.js";
import type { TerraformStack } from "cdktf";
import type { PolicyParts } from "./policy-parts.ts";
import type { Telemetry } from "./telemetry.ts";

/** What APIs and products are made in. */
export interface GatewayScope {
  readonly stack: TerraformStack;
  readonly service: ApiManagement;
  readonly parts: PolicyParts;
  readonly telemetry: Telemetry;
  readonly generatedDirectory: string;
}

/** How the parts of API Management name what they belong to. */
export function within(service: ApiManagement): { apiManagementName: string; resourceGroupName: string } {
  return { apiManagementName: service.name, resourceGroupName: service.resourceGroupName };
}

/** The names in the stack of what others refer to: each is made of what the manifest says, and of nothing else. */
export const constructIds = {
  api: (name: string): string => `api-${name}`,
  product: (id: string): string => `product-${id}`,
};
