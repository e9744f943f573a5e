import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container/index.js";
import type { ITerraformDependable, TerraformStack } from "cdktf";
import type { Deployment } from "../deployment.ts";
import { createDiagnostics } from "../diagnostics.ts";
import { grantRole } from "../grant-role.ts";
import type { FoundationParts, IdentityPart } from "../parts.ts";
import { createPrivateEndpoint } from "../private-endpoint.ts";
import { createPrivateStorage } from "../private-storage.ts";

/** Where an app's Functions host keeps its state, and the pipeline puts the app's code. */
export interface HostStorage {
  readonly id: string;
  readonly name: string;
  /** The address of the code's container. */
  readonly codeUrl: string;
  /** Its address within the network and the rights to it: what must be there before an app starts. */
  readonly ready: readonly ITerraformDependable[];
}

const CODE = "code";

export function createHostStorage(
  stack: TerraformStack,
  foundation: FoundationParts,
  { environment, names }: Deployment,
  { api, identity }: { api: string; identity: IdentityPart },
): HostStorage {
  const { resourceGroup, workspaceId } = foundation;
  const name = names.hostStorage(api);
  const account = createPrivateStorage(stack, `${api}-host-storage`, {
    name,
    resourceGroup,
    replication: "LRS",
  });
  const container = new StorageContainer(stack, `${api}-code`, {
    name: CODE,
    storageAccountId: account.id,
    containerAccessType: "private",
  });
  const ready = (["blob", "queue", "table"] as const).flatMap((service) => [
    createPrivateEndpoint(stack, foundation, names, {
      of: api,
      service,
      targetId: account.id,
      subnet: `${api}-data`,
    }),
    grantRole(stack, `${api}-host-${service}`, {
      role: HOST_ROLES[service],
      scope: account.id,
      principalId: identity.principalId,
      principalType: "ServicePrincipal",
    }),
  ]);
  grantRole(stack, `deployment-puts-${api}-code`, {
    role: "Storage Blob Data Contributor",
    scope: container.id,
    principalId: environment.azure.deployment.principalObjectId,
    principalType: "ServicePrincipal",
  });
  createDiagnostics(stack, `${api}-host-storage`, {
    targetId: `${account.id}/blobServices/default`,
    workspaceId,
    categories: ["StorageWrite", "StorageDelete"],
  });
  return { id: account.id, name, codeUrl: `https://${name}.blob.core.windows.net/${CODE}`, ready };
}

/** What the Functions host asks for (https://learn.microsoft.com/azure/azure-functions/functions-reference#connections). */
const HOST_ROLES = {
  blob: "Storage Blob Data Owner",
  queue: "Storage Queue Data Contributor",
  table: "Storage Table Data Contributor",
} as const;
