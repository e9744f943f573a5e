import { MonitorMetricAlert } from "@cdktf/provider-azurerm/lib/monitor-metric-alert/index.js";
import type { MetricAlert } from "./alert.ts";
import { resourceName, runbook } from "./alert-scope.ts";
import type { AlertScope } from "./alert-scope.ts";

/** A rule for each resource that an alert is on: one rule cannot be on several databases. */
export function createMetricAlert(scope: AlertScope, alert: MetricAlert): void {
  const { stack, environment, foundation, actionGroupId } = scope;
  const { id, severity, means, metric, aggregation, where, threshold, window, every } = alert;
  for (const { suffix, resourceId } of resourcesOf(scope, alert.of))
    new MonitorMetricAlert(stack, `alert-${id}${suffix}`, {
      name: resourceName(environment, `${id}${suffix}`),
      description: `${means} What to do: ${runbook(id)}`,
      resourceGroupName: foundation.resourceGroup.name,
      scopes: [resourceId],
      severity,
      windowSize: window,
      frequency: every,
      autoMitigate: true,
      criteria: [
        {
          metricNamespace: NAMESPACES[alert.of],
          metricName: metric,
          aggregation,
          operator: "GreaterThan",
          threshold,
          ...(where && {
            dimension: [{ name: where.dimension, operator: "Include", values: [...where.values] }],
          }),
        },
      ],
      action: [{ actionGroupId, webhookProperties: { runbook: runbook(id) } }],
    });
}

const NAMESPACES: Readonly<Record<MetricAlert["of"], string>> = {
  databases: "Microsoft.DocumentDB/databaseAccounts",
  gateway: "Microsoft.ApiManagement/service",
};

interface AlertedResource {
  /** What distinguishes its rule from those of its like. */
  readonly suffix: string;
  readonly resourceId: string;
}

function resourcesOf(
  { manifest, services, gatewayId }: AlertScope,
  of: MetricAlert["of"],
): readonly AlertedResource[] {
  if (of === "gateway") return [{ suffix: "", resourceId: gatewayId }];
  return manifest.apis.map(({ name }) => ({
    suffix: `-${name}`,
    resourceId: services.app(name).databaseAccountId,
  }));
}
