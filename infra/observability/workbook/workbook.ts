import { ApplicationInsightsWorkbook } from "@cdktf/provider-azurerm/lib/application-insights-workbook/index.js";
import type { TerraformStack } from "cdktf";
import type { AzureEnvironment } from "../../../generated/environment.ts";
import { resourceName } from "../alert-scope.ts";
import type { ObservabilityOptions } from "../alert-scope.ts";
import { stableUuid } from "./stable-uuid.ts";
import { workbookContent } from "./workbook-content.ts";

/** Makes the workbook in which operators look: in the portal, among Azure Monitor's workbooks. */
export function createWorkbook(
  stack: TerraformStack,
  { environment, foundation }: ObservabilityOptions,
): void {
  new ApplicationInsightsWorkbook(stack, "workbook", {
    name: workbookName(environment),
    displayName: resourceName(environment, "workbook"),
    resourceGroupName: foundation.resourceGroup.name,
    location: foundation.resourceGroup.location,
    dataJson: JSON.stringify(workbookContent(foundation.workspaceId)),
  });
}

/** A workbook's name has to be a UUID; another one would be another workbook. */
export function workbookName(environment: AzureEnvironment): string {
  return stableUuid(resourceName(environment, "workbook"));
}
