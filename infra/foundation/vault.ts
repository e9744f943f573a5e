import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault/index.js";
import type { TerraformStack } from "cdktf";
import type { Deployment } from "../deployment.ts";
import { createDiagnostics } from "../diagnostics.ts";
import { grantRotation } from "../grant-role.ts";
import type { FoundationParts } from "../parts.ts";
import { createPrivateEndpoint } from "../private-endpoint.ts";

type Surroundings = Pick<FoundationParts, "resourceGroup" | "subnetId" | "dnsZoneId" | "workspaceId">;

/**
 * The vault, empty: its secrets and keys are made with the services, because that takes a machine within the network, which
 * has to be there first.
 */
export function createVault(
  stack: TerraformStack,
  surroundings: Surroundings,
  { environment, names }: Deployment,
): FoundationParts["vault"] {
  const { resourceGroup, workspaceId } = surroundings;
  const vault = new KeyVault(stack, "vault", {
    name: names.vault,
    resourceGroupName: resourceGroup.name,
    location: resourceGroup.location,
    tenantId: environment.azure.tenantId,
    skuName: "standard",
    rbacAuthorizationEnabled: true,
    purgeProtectionEnabled: true,
    softDeleteRetentionDays: 90,
    publicNetworkAccessEnabled: false,
    networkAcls: { defaultAction: "Deny", bypass: "None" },
  });
  createPrivateEndpoint(stack, surroundings, names, {
    of: "vault",
    service: "vault",
    targetId: vault.id,
    subnet: "shared",
  });
  createDiagnostics(stack, "vault", { targetId: vault.id, workspaceId, categories: ["AuditEvent"] });
  grantRotation(stack, "secrets", environment.azure, { role: "Key Vault Secrets Officer", scope: vault.id });
  grantRotation(stack, "keys", environment.azure, { role: "Key Vault Crypto Officer", scope: vault.id });
  return { id: vault.id, name: names.vault, uri: `https://${names.vault}.vault.azure.net/` };
}
