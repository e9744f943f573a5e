import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint/index.js";
import type { Construct } from "constructs";
import type { Names } from "./names.ts";
import type { FoundationParts, PrivateService } from "./parts.ts";

/** What a resource calls the part of it that is reached. */
const SUBRESOURCES: Readonly<Record<PrivateService, string>> = {
  sites: "sites",
  mongo: "MongoDB",
  vault: "vault",
  blob: "blob",
  queue: "queue",
  table: "table",
};

export interface PrivateEndpointOptions {
  /** Whose service it is: `vault`, or the API's name. */
  readonly of: string;
  readonly service: PrivateService;
  readonly targetId: string;
  /** The subnet's role. */
  readonly subnet: string;
}

type Surroundings = Pick<FoundationParts, "resourceGroup" | "subnetId" | "dnsZoneId">;

/** A resource's address within the network, under its public name. */
export function createPrivateEndpoint(
  scope: Construct,
  { resourceGroup, subnetId, dnsZoneId }: Surroundings,
  names: Names,
  { of, service, targetId, subnet }: PrivateEndpointOptions,
): PrivateEndpoint {
  const target = of === service ? of : `${of}-${service}`;
  return new PrivateEndpoint(scope, `${target}-endpoint`, {
    name: names.privateEndpoint(target),
    resourceGroupName: resourceGroup.name,
    location: resourceGroup.location,
    subnetId: subnetId(subnet),
    privateServiceConnection: {
      name: target,
      privateConnectionResourceId: targetId,
      subresourceNames: [SUBRESOURCES[service]],
      isManualConnection: false,
    },
    privateDnsZoneGroup: { name: "default", privateDnsZoneIds: [dnsZoneId(service)] },
  });
}
