import { namesOf } from "../../names.ts";
import { resourceName } from "../../observability/alert-scope.ts";
import { workbookContent } from "../../observability/workbook/workbook-content.ts";
import { workbookName } from "../../observability/workbook/workbook.ts";
import { GROUP, PLACED, to, type Expected, type TypeRules } from "./type-rules.ts";

const DASHED = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SEVERITY: Expected = { min: 0, max: 4 };
const RUNBOOK = /^docs\/runbooks\.md#[a-z0-9-]+$/;
const RUNBOOK_AT_END = /docs\/runbooks\.md#[a-z0-9-]+$/;
const DURATION = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"];

/** Logs, metrics and alerts. */
export const monitorTypes: Readonly<Record<string, TypeRules>> = {
  azurerm_log_analytics_workspace: {
    name: { attribute: "name", min: 4, max: 63, pattern: DASHED, within: ["resource_group_name"] },
    // Its public address stays open: identities alone read and write, and no person's data is there.
    switches: { local_authentication_enabled: false },
    values: {
      ...PLACED,
      name: ({ environment }) => namesOf(environment).workspace,
      sku: "PerGB2018",
      retention_in_days: ({ environment }) => environment.azure.retention.logDays,
      allow_resource_only_permissions: true,
    },
  },
  azurerm_application_insights: {
    name: { attribute: "name", min: 1, max: 255, pattern: DASHED, within: ["resource_group_name"] },
    switches: { local_authentication_disabled: true, disable_ip_masking: false },
    values: {
      ...PLACED,
      name: ({ environment }) => namesOf(environment).applicationInsights,
      application_type: ["web", "Node.JS"],
      workspace_id: to("azurerm_log_analytics_workspace.id"),
    },
  },
  azurerm_application_insights_workbook: {
    name: { attribute: "name", min: 36, max: 36, pattern: UUID, within: ["resource_group_name"] },
    switches: "none",
    values: {
      ...PLACED,
      name: ({ environment }) => workbookName(environment),
      display_name: ({ environment }) => resourceName(environment, "workbook"),
      data_json: ({ index }) =>
        index
          .resources("azurerm_log_analytics_workspace")
          .map(({ stack, address }) => JSON.stringify(workbookContent(`‹${stack}/${address}.id›`))),
    },
  },
  azurerm_monitor_diagnostic_setting: {
    name: { attribute: "name", min: 1, max: 260, pattern: DASHED, within: ["target_resource_id"] },
    // By name: a group would bring queries and addresses, which may hold what is known of a person.
    switches: {
      "enabled_log.category": [
        "AuditEvent",
        "ControlPlaneRequests",
        "FunctionAppLogs",
        "StorageRead",
        "StorageWrite",
        "StorageDelete",
      ],
    },
    values: { log_analytics_workspace_id: to("azurerm_log_analytics_workspace.id") },
    free: { target_resource_id: "invariants/diagnostics" },
  },
  azurerm_monitor_action_group: {
    name: { attribute: "name", min: 1, max: 260, pattern: DASHED, within: ["resource_group_name"] },
    switches: "none",
    values: {
      resource_group_name: GROUP,
      short_name: /^[\w-]{1,12}$/,
      "email_receiver.name": DASHED,
      "email_receiver.email_address": ({ environment }) => environment.azure.operators.email,
      "email_receiver.use_common_alert_schema": true,
    },
  },
  azurerm_monitor_metric_alert: {
    name: { attribute: "name", min: 1, max: 260, pattern: DASHED, within: ["resource_group_name"] },
    switches: "none",
    values: {
      resource_group_name: GROUP,
      scopes: [to("azurerm_cosmosdb_account.id"), to("azurerm_api_management.id")],
      severity: SEVERITY,
      window_size: DURATION,
      frequency: ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H"],
      auto_mitigate: true,
      "criteria.metric_namespace": [
        "Microsoft.DocumentDB/databaseAccounts",
        "Microsoft.ApiManagement/service",
      ],
      "criteria.metric_name": ["MongoRequests", "CpuPercent_Gateway"],
      "criteria.aggregation": ["Average", "Count", "Minimum", "Maximum", "Total"],
      "criteria.operator": "GreaterThan",
      "action.action_group_id": to("azurerm_monitor_action_group.id"),
      "action.webhook_properties.runbook": RUNBOOK,
      description: RUNBOOK_AT_END,
    },
    optional: {
      "criteria.dimension.name": "ErrorCode",
      "criteria.dimension.operator": "Include",
      "criteria.dimension.values": "16500",
    },
    free: { criteria: "invariants/alerts" },
  },
  azurerm_monitor_scheduled_query_rules_alert_v2: {
    name: { attribute: "name", min: 1, max: 260, pattern: DASHED, within: ["resource_group_name"] },
    switches: "none",
    values: {
      ...PLACED,
      scopes: to("azurerm_log_analytics_workspace.id"),
      severity: SEVERITY,
      window_duration: [...DURATION, "P2D"],
      evaluation_frequency: DURATION,
      auto_mitigation_enabled: [true, false],
      "criteria.metric_measure_column": "found",
      "criteria.time_aggregation_method": "Maximum",
      "criteria.operator": "GreaterThan",
      "criteria.query": /\bfound\b/,
      "criteria.failing_periods.number_of_evaluation_periods": 1,
      "criteria.failing_periods.minimum_failing_periods_to_trigger_alert": 1,
      "action.action_groups": to("azurerm_monitor_action_group.id"),
      "action.custom_properties.runbook": RUNBOOK,
      description: RUNBOOK_AT_END,
    },
    optional: {
      mute_actions_after_alert_duration: DURATION,
      "criteria.dimension.name": ["app", "job"],
      "criteria.dimension.operator": "Include",
      "criteria.dimension.values": "*",
    },
    free: { display_name: "For people.", criteria: "invariants/alerts" },
  },
};
