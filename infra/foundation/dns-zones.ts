import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link/index.js";
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone/index.js";
import type { TerraformStack } from "cdktf";
import type { FoundationParts, PrivateService } from "../parts.ts";

/** In which zone each service's private names are (https://learn.microsoft.com/azure/private-link/private-endpoint-dns). */
export const DNS_ZONES: Readonly<Record<PrivateService, string>> = {
  sites: "privatelink.azurewebsites.net",
  mongo: "privatelink.mongo.cosmos.azure.com",
  vault: "privatelink.vaultcore.azure.net",
  blob: "privatelink.blob.core.windows.net",
  queue: "privatelink.queue.core.windows.net",
  table: "privatelink.table.core.windows.net",
};

/** The zones, linked to the network: within it, a service's public name leads to its private endpoint. */
export function createDnsZones(
  stack: TerraformStack,
  resourceGroupName: string,
  networkId: string,
): FoundationParts["dnsZoneId"] {
  const ids = new Map(
    Object.entries(DNS_ZONES).map(([service, name]) => {
      const zone = new PrivateDnsZone(stack, `${service}-zone`, { name, resourceGroupName });
      new PrivateDnsZoneVirtualNetworkLink(stack, `${service}-zone-link`, {
        name: "network",
        resourceGroupName,
        privateDnsZoneName: zone.name,
        virtualNetworkId: networkId,
        registrationEnabled: false,
      });
      return [service, zone.id];
    }),
  );
  return (service) => ids.get(service) ?? "";
}
