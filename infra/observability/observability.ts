import { MonitorActionGroup } from "@cdktf/provider-azurerm/lib/monitor-action-group/index.js";
import type { TerraformStack } from "cdktf";
import { resourceName } from "./alert-scope.ts";
import type { ObservabilityOptions } from "./alert-scope.ts";
import { alerts } from "./alerts.ts";
import { createLogAlert } from "./log-alert.ts";
import { createMetricAlert } from "./metric-alert.ts";
import { createWorkbook } from "./workbook/workbook.ts";

/** Makes the alerts, the group of operators that they are sent to, and the workbook in which these look. */
export function createObservability(stack: TerraformStack, options: ObservabilityOptions): void {
  const { environment, foundation } = options;
  const operators = new MonitorActionGroup(stack, "operators", {
    name: resourceName(environment, "operators"),
    // At most twelve characters: text messages begin with it.
    shortName: `ops-${environment.name}`,
    resourceGroupName: foundation.resourceGroup.name,
    emailReceiver: [
      { name: "operators", emailAddress: environment.azure.operators.email, useCommonAlertSchema: true },
    ],
  });
  const scope = { ...options, stack, actionGroupId: operators.id };
  for (const alert of alerts) {
    if (alert.kind === "log") createLogAlert(scope, alert);
    else createMetricAlert(scope, alert);
  }
  createWorkbook(stack, options);
}
