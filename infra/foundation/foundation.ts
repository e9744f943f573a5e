import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group/index.js";
import type { App } from "cdktf";
import type { Deployment } from "../deployment.ts";
import { grantRole } from "../grant-role.ts";
import { GATEWAY_IDENTITY } from "../manifest.ts";
import type { FoundationParts } from "../parts.ts";
import { createStack } from "../stack.ts";
import { createCheckpointStorage } from "./checkpoint-storage.ts";
import { createDnsZones } from "./dns-zones.ts";
import { createIdentities } from "./identities.ts";
import { createMonitoring } from "./monitoring.ts";
import { createNetwork } from "./network.ts";
import { createVault } from "./vault.ts";

/**
 * What the services stand on. It is deployed from anywhere, because it speaks with Azure Resource Manager alone; the other
 * stacks need a machine in its subnet `deployment`.
 */
export function createFoundation(app: App, deployment: Deployment): FoundationParts {
  const { environment, manifest, names } = deployment;
  const stack = createStack(app, "foundation", environment);
  const { id, name, location } = new ResourceGroup(stack, "resource-group", {
    name: names.resourceGroup,
    location: environment.azure.region,
    tags: { environment: environment.name, managedBy: "terraform" },
  });
  const resourceGroup = { id, name, location };
  const network = createNetwork(stack, resourceGroup, deployment);
  const dnsZoneId = createDnsZones(stack, resourceGroup.name, network.id);
  const monitoring = createMonitoring(stack, resourceGroup, deployment);
  const identity = createIdentities(stack, resourceGroup, deployment);
  const surroundings = { resourceGroup, subnetId: network.subnetId, dnsZoneId, identity, ...monitoring };
  for (const { name } of manifest.identities.filter(({ name }) => name !== GATEWAY_IDENTITY))
    grantRole(stack, `${name}-sends-telemetry`, {
      role: "Monitoring Metrics Publisher",
      scope: monitoring.applicationInsights.id,
      principalId: identity(name).principalId,
      principalType: "ServicePrincipal",
    });
  return {
    stack,
    ...surroundings,
    // Known beforehand: what other stacks need of it is no reference to the state.
    resourceGroup: { id, name: names.resourceGroup, location: environment.azure.region },
    vault: createVault(stack, surroundings, deployment),
    checkpoints: createCheckpointStorage(stack, surroundings, deployment),
  };
}
