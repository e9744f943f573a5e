import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting/index.js";
import type { Construct } from "constructs";

/**
 * Sends a resource's logs to the workspace.
 * @param categories named one by one, because what a person's data could be in must not become a log
 */
export function createDiagnostics(
  scope: Construct,
  of: string,
  {
    targetId,
    workspaceId,
    categories,
  }: { targetId: string; workspaceId: string; categories: readonly string[] },
): MonitorDiagnosticSetting {
  return new MonitorDiagnosticSetting(scope, `${of}-diagnostics`, {
    name: "logs",
    targetResourceId: targetId,
    logAnalyticsWorkspaceId: workspaceId,
    enabledLog: categories.map((category) => ({ category })),
  });
}
