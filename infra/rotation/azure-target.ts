import { DefaultAzureCredential } from "@azure/identity";
import type { AzureEnvironment } from "../../generated/environment.ts";
import { namesOf } from "../names.ts";
import type { Target } from "./target.ts";

/** Readers keep a secret for 30 s; the rest is for clocks and for what was under way. */
const READER_SECONDS = 45;

/**
 * An environment in Azure. Signs in as whoever runs the command: the operator (Azure CLI), or the pipeline (workload identity).
 * The vault and the apps answer within the network alone.
 */
export function azureTarget(environment: AzureEnvironment): Target {
  const { azure } = environment;
  const names = namesOf(environment);
  return {
    name: environment.name,
    credential: new DefaultAzureCredential({ tenantId: azure.tenantId }),
    resourceManagerUrl: "https://management.azure.com",
    vaultUrl: `https://${names.vault}.vault.azure.net`,
    gatewayUrl: `https://${names.apiManagement}.azure-api.net`,
    resourceGroup: `/subscriptions/${azure.subscriptionId}/resourceGroups/${names.resourceGroup}`,
    apiManagement: names.apiManagement,
    app: (api) => ({
      site: names.functionApp(api),
      url: `https://${names.functionApp(api)}.azurewebsites.net`,
    }),
    databaseAccount: (api) => names.databaseAccount(api),
    readerSeconds: READER_SECONDS,
    // An app's instances learn of a new key one after the other.
    keySeconds: READER_SECONDS,
  };
}
