import { CosmosdbAccount } from "@cdktf/provider-azurerm/lib/cosmosdb-account/index.js";
import { CosmosdbMongoCollection } from "@cdktf/provider-azurerm/lib/cosmosdb-mongo-collection/index.js";
import { CosmosdbMongoDatabase } from "@cdktf/provider-azurerm/lib/cosmosdb-mongo-database/index.js";
import type { TerraformStack } from "cdktf";
import type { AppSettings } from "../../generated/environment.ts";
import type { Deployment } from "../deployment.ts";
import { createDiagnostics } from "../diagnostics.ts";
import type { FoundationParts } from "../parts.ts";
import { createPrivateEndpoint } from "../private-endpoint.ts";
import { indexesOf } from "./collections.ts";
import type { Collection } from "./collections.ts";

/** One API's database, in an account of its own: a connection string opens everything in its account. */
export function createDatabase(
  stack: TerraformStack,
  foundation: FoundationParts,
  { names }: Deployment,
  { api, settings, collections }: { api: string; settings: AppSettings; collections: readonly Collection[] },
): CosmosdbAccount {
  const { resourceGroup, workspaceId } = foundation;
  const account = new CosmosdbAccount(stack, `${api}-database`, {
    name: names.databaseAccount(api),
    resourceGroupName: resourceGroup.name,
    location: resourceGroup.location,
    offerType: "Standard",
    kind: "MongoDB",
    mongoServerVersion: "7.0",
    capabilities: [{ name: "EnableMongo" }],
    minimalTlsVersion: "Tls12",
    publicNetworkAccessEnabled: false,
    networkAclBypassForAzureServices: false,
    // MongoDB's protocol knows no Entra identity here: the key is in the vault.
    localAuthenticationDisabled: false,
    automaticFailoverEnabled: false,
    multipleWriteLocationsEnabled: false,
    geoLocation: [{ location: resourceGroup.location, failoverPriority: 0, zoneRedundant: false }],
    // An instance of the app must see what another has just written: an audit's intent before its outcome, a patient before
    // their test. A session does not span instances, and in one region this costs no time, only reads twice the units.
    consistencyPolicy: { consistencyLevel: "Strong" },
    backup: { type: "Continuous", tier: "Continuous30Days" },
    lifecycle: { preventDestroy: true },
  });
  const database = new CosmosdbMongoDatabase(stack, `${api}-mongo-database`, {
    name: api,
    resourceGroupName: resourceGroup.name,
    accountName: account.name,
    autoscaleSettings: { maxThroughput: settings.maximumThroughput },
    lifecycle: { preventDestroy: true },
  });
  for (const collection of collections)
    new CosmosdbMongoCollection(stack, `${api}-${collection.name}`, {
      name: collection.name,
      resourceGroupName: resourceGroup.name,
      accountName: account.name,
      databaseName: database.name,
      shardKey: collection.shardKey,
      index: indexesOf(collection),
      lifecycle: { preventDestroy: true },
    });
  createPrivateEndpoint(stack, foundation, names, {
    of: api,
    service: "mongo",
    targetId: account.id,
    subnet: `${api}-data`,
  });
  createDiagnostics(stack, `${api}-database`, {
    targetId: account.id,
    workspaceId,
    // Not MongoRequests: it holds queries, and they hold names and birth dates.
    categories: ["ControlPlaneRequests"],
  });
  return account;
}
