/** Columns that every table of Application Insights has. */
const INSIGHTS = [
  ...["TimeGenerated", "Type", "TenantId", "_ResourceId", "IKey", "SDKVersion"],
  ...["AppRoleName", "AppRoleInstance", "AppVersion"],
  ...["OperationId", "OperationName", "ParentId", "SyntheticSource", "Properties"],
] as const;

/**
 * The tables that queries may read, each with those of its columns that hold nothing of a person.
 * Source: https://learn.microsoft.com/azure/azure-monitor/reference/tables-index
 */
export const TABLES: Readonly<Record<string, readonly string[]>> = {
  AppRequests: [
    ...INSIGHTS,
    ...["Id", "Name", "Url", "Source", "Success", "ResultCode", "DurationMs", "PerformanceBucket"],
    ...["Measurements", "ItemCount"],
  ],
  AppDependencies: [
    ...INSIGHTS,
    ...["Id", "Name", "Target", "DependencyType", "Data", "Success", "ResultCode", "DurationMs"],
    ...["PerformanceBucket", "Measurements", "ItemCount"],
  ],
  AppExceptions: [
    ...INSIGHTS,
    ...[
      "ExceptionType",
      "ProblemId",
      "Message",
      "Method",
      "Assembly",
      "HandledAt",
      "Details",
      "SeverityLevel",
    ],
    ...["OuterType", "OuterMessage", "InnermostType", "InnermostMessage", "Measurements", "ItemCount"],
  ],
  AppTraces: [...INSIGHTS, "Message", "SeverityLevel", "Measurements", "ItemCount"],
  AppMetrics: [...INSIGHTS, "Name", "ItemCount", "Min", "Max", "Sum"],
  FunctionAppLogs: [
    ...["TimeGenerated", "Type", "TenantId", "_ResourceId", "ActivityId", "AppName", "Category", "EventId"],
    ...["EventName", "FunctionInvocationId", "FunctionName", "HostInstanceId", "HostVersion", "Level"],
    ...["LevelId", "Location", "Message", "ProcessId", "RoleInstance"],
  ],
  StorageBlobLogs: [
    ...["TimeGenerated", "Type", "TenantId", "_ResourceId", "AccountName", "OperationName", "Category"],
    ...["StatusCode", "StatusText", "DurationMs", "Uri", "AuthenticationType"],
  ],
  AZKVAuditLogs: [
    ...["TimeGenerated", "Type", "TenantId", "_ResourceId", "OperationName", "Category", "ResultType"],
    ...["HttpStatusCode", "DurationMs", "Identity"],
  ],
  AzureDiagnostics: [
    ...["TimeGenerated", "Type", "TenantId", "_ResourceId", "ResourceProvider", "OperationName", "Category"],
    ...["ResultType", "httpStatusCode_d"],
  ],
};

/** What API Management adds to its requests, in `Properties`. */
export const GATEWAY_PROPERTIES: readonly string[] = [
  ...["Service Type", "Service Name", "Service ID", "Region", "API Name", "API Revision", "Operation Name"],
  ...["Product Name", "Subscription Name"],
];
