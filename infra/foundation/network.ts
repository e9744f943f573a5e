import { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group/index.js";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet/index.js";
import type { SubnetDelegation } from "@cdktf/provider-azurerm/lib/subnet/index.js";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association/index.js";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network/index.js";
import type { TerraformStack } from "cdktf";
import type { Deployment } from "../deployment.ts";
import { flowsOf } from "../network/flows.ts";
import { securityRules } from "../network/security-rules.ts";
import { planSubnets } from "../network/subnets.ts";
import type { SubnetPlan } from "../network/subnets.ts";
import type { FoundationParts } from "../parts.ts";

export interface Network {
  readonly id: string;
  readonly subnetId: FoundationParts["subnetId"];
}

type Place = FoundationParts["resourceGroup"];

/** The network, its subnets, and a security group for each. */
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
  const ids = new Map(
    plans.map((plan) => {
      const subnet = createSubnet(stack, network, plan, deployment);
      const group = new NetworkSecurityGroup(stack, `${plan.role}-rules`, {
        name: names.securityGroup(plan.role),
        resourceGroupName: place.name,
        location: place.location,
        securityRule: securityRules(plan.role, plans, flows),
      });
      new SubnetNetworkSecurityGroupAssociation(stack, `${plan.role}-guard`, {
        subnetId: subnet.id,
        networkSecurityGroupId: group.id,
      });
      return [plan.role, subnet.id];
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
    ...(holds === "endpoints" && {
      // Without it, rules do not count for private endpoints.
      privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled",
      defaultOutboundAccessEnabled: false,
    }),
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
