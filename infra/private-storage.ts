import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account/index.js";
import type { StorageAccountBlobProperties } from "@cdktf/provider-azurerm/lib/storage-account/index.js";
import type { Construct } from "constructs";
import type { FoundationParts } from "./parts.ts";

export interface PrivateStorageOptions {
  readonly name: string;
  readonly resourceGroup: FoundationParts["resourceGroup"];
  /** `ZRS` keeps a copy in each of three data centres. */
  readonly replication: "LRS" | "ZRS";
  readonly blobProperties?: StorageAccountBlobProperties;
}

/** A storage account that is reached by Entra identities through private endpoints, and in no other way. */
export function createPrivateStorage(
  scope: Construct,
  id: string,
  { name, resourceGroup, replication, blobProperties }: PrivateStorageOptions,
): StorageAccount {
  return new StorageAccount(scope, id, {
    name,
    resourceGroupName: resourceGroup.name,
    location: resourceGroup.location,
    accountKind: "StorageV2",
    accountTier: "Standard",
    accountReplicationType: replication,
    minTlsVersion: "TLS1_2",
    httpsTrafficOnlyEnabled: true,
    sharedAccessKeyEnabled: false,
    defaultToOauthAuthentication: true,
    localUserEnabled: false,
    publicNetworkAccessEnabled: false,
    allowNestedItemsToBePublic: false,
    crossTenantReplicationEnabled: false,
    networkRules: { defaultAction: "Deny", bypass: ["None"] },
    ...(blobProperties && { blobProperties }),
  });
}
