import { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group/index.js";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet/index.js";
import type { SubnetDelegation } from "@cdktf/provider-azurerm/lib/subnet/index.js";
import { SubnetNatGatewayAssociation } from "@cdktf/provider-azurerm/lib/subnet-nat-gateway-association/index.js";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association/index.js";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network/index.js";
import type { TerraformStack } from "cdktf";
import type { Deployment } from "../deployment.ts";
import { flowsOf, goesOut } from "../network/flows.ts";
import { securityRules } from "../network/security-rules.ts";
import { planSubnets } from "../network/subnets.ts";
import type { SubnetPlan } from "../network/subnets.ts";
import type { FoundationParts } from "../parts.ts";
import { createWayOut } from "./way-out.ts";

export interface Network {
  readonly id: string;
  readonly subnetId: FoundationParts["subnetId"];
}

type Place = FoundationParts["resourceGroup"];

/** The network, its subnets, a security group for each, and a way out for those that need one. */
export function createNetwork(stack: TerraformStack, place: Place, deployment: Deployment): Network {
  const { environment, manifest, names } = deployment;
  const network = new VirtualNetwork(stack, "network", {
    name: names.network,
    resourceGroupName: place.name,
    location: place.location,
    addressSpace: [environment.azure.addressSpace],
  });
  const plans = planSubnets(environment);
  const flows = flowsOf(manifest);
  const natGatewayId = createWayOut(stack, place, deployment);
  const ids = new Map(
    plans.map((plan) => {
      const subnet = createSubnet(stack, network, plan, deployment);
      const group = new NetworkSecurityGroup(stack, `${plan.role}-rules`, {
        name: names.securityGroup(plan.role),
        resourceGroupName: place.name,
        location: place.location,
        securityRule: securityRules(plan.role, plans, flows),
      });
      // Each id is taken from the one before, so that whoever moves in waits for the guard, and for the way out.
      const guard = new SubnetNetworkSecurityGroupAssociation(stack, `${plan.role}-guard`, {
        subnetId: subnet.id,
        networkSecurityGroupId: group.id,
      });
      if (!goesOut(plan.role, flows)) return [plan.role, guard.subnetId];
      const wayOut = new SubnetNatGatewayAssociation(stack, `${plan.role}-way-out`, {
        subnetId: guard.subnetId,
        natGatewayId,
      });
      return [plan.role, wayOut.subnetId];
    }),
  );
  return { id: network.id, subnetId: (role) => found(ids, role) };
}

function createSubnet(
  stack: TerraformStack,
  network: VirtualNetwork,
  { role, range, holds }: SubnetPlan,
  { names }: Deployment,
): Subnet {
  return new Subnet(stack, role, {
    name: names.subnet(role),
    resourceGroupName: network.resourceGroupName,
    virtualNetworkName: network.name,
    addressPrefixes: [range],
    // Azure's own way out: it has addresses that nobody knows beforehand, and is being retired.
    defaultOutboundAccessEnabled: false,
    // Without it, rules do not count for private endpoints.
    ...(holds === "endpoints" && { privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled" }),
    ...(holds === "gateway" && { delegation: [delegationTo("Microsoft.Web/serverFarms")] }),
    ...(holds === "app" && { delegation: [delegationTo("Microsoft.App/environments")] }),
  });
}

function delegationTo(service: string): SubnetDelegation {
  return {
    name: "delegation",
    serviceDelegation: { name: service, actions: ["Microsoft.Network/virtualNetworks/subnets/join/action"] },
  };
}

function found(ids: ReadonlyMap<string, string>, role: string): string {
  const id = ids.get(role);
  if (id === undefined) throw new Error(`There is no subnet ${role}.`);
  return id;
}
