import { ApplicationInsights } from "@cdktf/provider-azurerm/lib/application-insights/index.js";
import { LogAnalyticsWorkspace } from "@cdktf/provider-azurerm/lib/log-analytics-workspace/index.js";
import type { TerraformStack } from "cdktf";
import type { Deployment } from "../deployment.ts";
import type { FoundationParts } from "../parts.ts";

/**
 * Where telemetry and logs go. Both are reached by their public addresses and by Entra identities alone: a private link scope
 * would turn the network's names for all of Azure Monitor to itself, for data that holds no person's data.
 */
export function createMonitoring(
  stack: TerraformStack,
  resourceGroup: FoundationParts["resourceGroup"],
  { environment, names }: Deployment,
): Pick<FoundationParts, "workspaceId" | "applicationInsights"> {
  const { logDays } = environment.azure.retention;
  const place = { resourceGroupName: resourceGroup.name, location: resourceGroup.location };
  const workspace = new LogAnalyticsWorkspace(stack, "workspace", {
    ...place,
    name: names.workspace,
    sku: "PerGB2018",
    retentionInDays: logDays,
    localAuthenticationEnabled: false,
    allowResourceOnlyPermissions: true,
  });
  const insights = new ApplicationInsights(stack, "insights", {
    ...place,
    name: names.applicationInsights,
    applicationType: "web",
    workspaceId: workspace.id,
    localAuthenticationDisabled: true,
    disableIpMasking: false,
  });
  return {
    workspaceId: workspace.id,
    applicationInsights: {
      id: insights.id,
      name: names.applicationInsights,
      connectionString: insights.connectionString,
    },
  };
}
