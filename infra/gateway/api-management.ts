import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management/index.js";
import type { TerraformStack } from "cdktf";
import { grantRole } from "../grant-role.ts";
import { GATEWAY_IDENTITY } from "../manifest.ts";
import { namesOf } from "../names.ts";
import type { GatewayOptions } from "./gateway.ts";

/**
 * API Management itself: the only public address of the platform. What it sends to the apps and to the vault goes through the
 * network's private endpoints.
 *
 * The developer portal and the direct management endpoint are not switched off here, because they cannot be on: the v2 tiers
 * have no such endpoint, and start without the portal, for which the provider has no argument. Nor are there the sample API
 * and products that Azure makes: the provider removes them.
 */
export function createApiManagement(
  stack: TerraformStack,
  { environment, manifest, foundation, services }: GatewayOptions,
): ApiManagement {
  const { publisher, gatewayUnits } = environment.azure;
  const service = new ApiManagement(stack, "api-management", {
    name: namesOf(environment).apiManagement,
    resourceGroupName: foundation.resourceGroup.name,
    location: foundation.resourceGroup.location,
    skuName: `StandardV2_${gatewayUnits}`,
    publisherName: publisher.name,
    publisherEmail: publisher.email,
    identity: { type: "SystemAssigned" },
    publicNetworkAccessEnabled: true,
    virtualNetworkType: "External",
    virtualNetworkConfiguration: { subnetId: foundation.subnetId("gateway") },
    // Older versions show secrets to those who may only read.
    minApiVersion: "2021-08-01",
    protocols: { http2Enabled: true },
    security: OLD_PROTOCOLS_OFF,
  });
  grantSecrets();
  return service;

  function grantSecrets(): void {
    const granted = manifest.identities.find(({ name }) => name === GATEWAY_IDENTITY)?.secrets ?? [];
    for (const secret of granted)
      grantRole(stack, `read-${secret}`, {
        role: "Key Vault Secrets User",
        scope: services.secret(secret).resourceId,
        principalId: service.identity.principalId,
        principalType: "ServicePrincipal",
      });
  }
}

const OLD_PROTOCOLS_OFF = {
  frontendSsl30Enabled: false,
  frontendTls10Enabled: false,
  frontendTls11Enabled: false,
  backendSsl30Enabled: false,
  backendTls10Enabled: false,
  backendTls11Enabled: false,
  tripleDesCiphersEnabled: false,
} as const;
