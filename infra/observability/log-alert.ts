import { readFileSync } from "node:fs";
import { MonitorScheduledQueryRulesAlertV2 } from "@cdktf/provider-azurerm/lib/monitor-scheduled-query-rules-alert-v2/index.js";
import type { LogAlert } from "./alert.ts";
import { resourceName, runbook } from "./alert-scope.ts";
import type { AlertScope } from "./alert-scope.ts";

/** A rule that asks Log Analytics: https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-log-alert-rule */
export function createLogAlert(
  { stack, environment, foundation, actionGroupId }: AlertScope,
  { id, severity, means, threshold, window, every, by, is }: LogAlert,
): void {
  new MonitorScheduledQueryRulesAlertV2(stack, `alert-${id}`, {
    name: resourceName(environment, id),
    displayName: id,
    description: `${means} What to do: ${runbook(id)}`,
    resourceGroupName: foundation.resourceGroup.name,
    location: foundation.resourceGroup.location,
    scopes: [foundation.workspaceId],
    severity,
    windowDuration: window,
    evaluationFrequency: every,
    ...(is === "state" ? { autoMitigationEnabled: true } : { autoMitigationEnabled: false, ...ONCE_AN_HOUR }),
    criteria: [
      {
        query: queryText(id),
        metricMeasureColumn: "found",
        timeAggregationMethod: "Maximum",
        operator: "GreaterThan",
        threshold,
        ...(by && { dimension: [{ name: by, operator: "Include", values: ["*"] }] }),
        failingPeriods: { numberOfEvaluationPeriods: 1, minimumFailingPeriodsToTriggerAlert: 1 },
      },
    ],
    action: { actionGroups: [actionGroupId], customProperties: { runbook: runbook(id) } },
  });
}

const ONCE_AN_HOUR = { muteActionsAfterAlertDuration: "PT1H" };

/** The query of an alert: `queries/<id>.kql`. */
export function queryText(id: string): string {
  return readFileSync(new URL(`./queries/${id}.kql`, import.meta.url), "utf8");
}
