import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity/index.js";
import type { TerraformStack } from "cdktf";
import type { Deployment } from "../deployment.ts";
import { GATEWAY_IDENTITY } from "../manifest.ts";
import type { FoundationParts } from "../parts.ts";

/** An identity for each of the manifest's but the gateway's, which comes with API Management. */
export function createIdentities(
  stack: TerraformStack,
  resourceGroup: FoundationParts["resourceGroup"],
  { manifest, names }: Deployment,
): FoundationParts["identity"] {
  const identities = new Map(
    manifest.identities
      .filter(({ name }) => name !== GATEWAY_IDENTITY)
      .map(({ name }) => [
        name,
        new UserAssignedIdentity(stack, `${name}-identity`, {
          name: names.identity(name),
          resourceGroupName: resourceGroup.name,
          location: resourceGroup.location,
        }),
      ]),
  );
  return (name) => {
    const identity = identities.get(name);
    if (!identity) throw new Error(`There is no identity ${name} in generated/manifest.json.`);
    return identity;
  };
}
