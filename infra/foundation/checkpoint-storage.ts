import { StorageContainerImmutabilityPolicy } from "@cdktf/provider-azurerm/lib/storage-container-immutability-policy/index.js";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container/index.js";
import type { TerraformStack } from "cdktf";
import type { Deployment } from "../deployment.ts";
import { createDiagnostics } from "../diagnostics.ts";
import { grantRole } from "../grant-role.ts";
import type { FoundationParts } from "../parts.ts";
import { createPrivateEndpoint } from "../private-endpoint.ts";
import { createPrivateStorage } from "../private-storage.ts";

type Surroundings = Pick<
  FoundationParts,
  "resourceGroup" | "subnetId" | "dnsZoneId" | "workspaceId" | "identity"
>;

const CONTAINER = "checkpoints";

/**
 * The second place of the register's checkpoints, where nobody can change or delete what is there
 * (https://learn.microsoft.com/azure/storage/blobs/immutable-container-level-worm-policies).
 */
export function createCheckpointStorage(
  stack: TerraformStack,
  surroundings: Surroundings,
  { environment, manifest, names }: Deployment,
): FoundationParts["checkpoints"] {
  const { resourceGroup, workspaceId, identity } = surroundings;
  const { retention, operators } = environment.azure;
  const account = createPrivateStorage(stack, "checkpoint-storage", {
    name: names.checkpointStorage,
    resourceGroup,
    replication: "ZRS",
    blobProperties: {
      versioningEnabled: true,
      deleteRetentionPolicy: { days: 30 },
      containerDeleteRetentionPolicy: { days: 30 },
    },
  });
  const container = new StorageContainer(stack, "checkpoint-container", {
    name: CONTAINER,
    storageAccountId: account.id,
    containerAccessType: "private",
  });
  new StorageContainerImmutabilityPolicy(stack, "checkpoint-retention", {
    storageContainerResourceManagerId: container.id,
    immutabilityPeriodInDays: retention.checkpointDays,
    // An unlocked policy is one that an administrator can take away. A locked one can be made longer, five times.
    locked: true,
    // A checkpoint is written once, whole: nothing is ever appended.
    protectedAppendWritesEnabled: false,
    protectedAppendWritesAllEnabled: false,
  });
  createPrivateEndpoint(stack, surroundings, names, {
    of: "checkpoint",
    service: "blob",
    targetId: account.id,
    subnet: "shared",
  });
  createDiagnostics(stack, "checkpoint", {
    targetId: `${account.id}/blobServices/default`,
    workspaceId,
    categories: ["StorageRead", "StorageWrite", "StorageDelete"],
  });
  for (const { name } of manifest.identities.filter(({ keys }) => keys.length > 0))
    grantRole(stack, `${name}-publishes-checkpoints`, {
      role: "Storage Blob Data Contributor",
      scope: container.id,
      principalId: identity(name).principalId,
      principalType: "ServicePrincipal",
    });
  grantRole(stack, "operators-read-checkpoints", {
    role: "Storage Blob Data Reader",
    scope: container.id,
    principalId: operators.groupObjectId,
    principalType: "Group",
  });
  return {
    accountId: account.id,
    containerId: container.id,
    url: `https://${names.checkpointStorage}.blob.core.windows.net/${CONTAINER}`,
  };
}
