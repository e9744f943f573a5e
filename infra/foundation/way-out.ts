import { NatGatewayPublicIpAssociation } from "@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association/index.js";
import { NatGateway } from "@cdktf/provider-azurerm/lib/nat-gateway/index.js";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip/index.js";
import type { TerraformStack } from "cdktf";
import type { Deployment } from "../deployment.ts";
import type { FoundationParts } from "../parts.ts";

/**
 * The way out for subnets that speak with addresses outside, since Azure gives them none of its own any more
 * (https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access). Nothing comes in through it.
 *
 * `Standard` and in no zone: `StandardV2`, which spans zones, cannot be attached to subnets that are delegated to web apps or
 * container apps (https://learn.microsoft.com/azure/nat-gateway/nat-sku), and those of a zone would tie apps in all zones to
 * one, and fail in regions that have none.
 *
 * @returns the NAT gateway's id; what uses it waits for its address too, without which it lets nothing out
 */
export function createWayOut(
  stack: TerraformStack,
  place: FoundationParts["resourceGroup"],
  { names }: Deployment,
): string {
  const located = { resourceGroupName: place.name, location: place.location };
  const address = new PublicIp(stack, "way-out-address", {
    ...located,
    name: names.publicIp,
    sku: "Standard",
    allocationMethod: "Static",
  });
  const gateway = new NatGateway(stack, "way-out", {
    ...located,
    name: names.natGateway,
    skuName: "Standard",
  });
  const addressed = new NatGatewayPublicIpAssociation(stack, "way-out-addressed", {
    natGatewayId: gateway.id,
    publicIpAddressId: address.id,
  });
  return addressed.natGatewayId;
}
