import { ApiManagementApiDiagnostic } from "@cdktf/provider-azurerm/lib/api-management-api-diagnostic/index.js";
import type { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api/index.js";
import { ApiManagementDiagnostic } from "@cdktf/provider-azurerm/lib/api-management-diagnostic/index.js";
import { ApiManagementLogger } from "@cdktf/provider-azurerm/lib/api-management-logger/index.js";
import type { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management/index.js";
import type { TerraformStack } from "cdktf";
import { grantRole } from "../grant-role.ts";
import type { FoundationParts } from "../parts.ts";
import { within } from "./gateway-scope.ts";

export interface Telemetry {
  /** Has an API's requests recorded. */
  readonly observe: (name: string, api: ApiManagementApi) => void;
}

/**
 * Sends what passes through the gateway to Application Insights, in the name of API Management's own identity: the connection
 * string says where to, and opens nothing.
 *
 * The resource logs of API Management stay off: they would hold the addresses of clients, and nothing else that this lacks.
 */
export function createTelemetry(
  stack: TerraformStack,
  service: ApiManagement,
  { applicationInsights }: FoundationParts,
): Telemetry {
  const mayPublish = grantRole(stack, "publish-telemetry", {
    role: "Monitoring Metrics Publisher",
    scope: applicationInsights.id,
    principalId: service.identity.principalId,
    principalType: "ServicePrincipal",
  });
  const logger = new ApiManagementLogger(stack, "logger", {
    ...within(service),
    name: "application-insights",
    resourceId: applicationInsights.id,
    applicationInsights: { connectionString: applicationInsights.connectionString },
    dependsOn: [mayPublish],
  });
  // The provider has the argument; the typed bindings are older. Without it the logger would send without an identity.
  logger.addOverride("application_insights.identity_client_id", "SystemAssigned");
  const settings = { ...within(service), ...WHAT_IS_RECORDED, apiManagementLoggerId: logger.id };
  // What belongs to no API, such as an address that there is not, is recorded by this one alone.
  new ApiManagementDiagnostic(stack, "diagnostic", settings);
  return {
    observe(name, api) {
      new ApiManagementApiDiagnostic(stack, `diagnostic-${name}`, { ...settings, apiName: api.name });
    },
  };
}

/** Every request, whatever share the apps record: the refusals of the gateway, which reach no app, are told of nowhere else. */
const SAMPLED_PERCENT = 100;

/** No header, no body, no query: they may hold what is known of a person. Paths hold ids alone. */
const NO_CONTENT = { bodyBytes: 0, headersToLog: [] };
const NO_QUERY = { queryParams: [{ mode: "Hide", value: "*" }] };

const WHAT_IS_RECORDED = {
  // The name is the switch: it has requests sent to Application Insights.
  identifier: "applicationinsights",
  samplingPercentage: SAMPLED_PERCENT,
  alwaysLogErrors: true,
  logClientIp: false,
  httpCorrelationProtocol: "W3C",
  operationNameFormat: "Name",
  verbosity: "information",
  frontendRequest: { ...NO_CONTENT, dataMasking: NO_QUERY },
  frontendResponse: NO_CONTENT,
  backendRequest: { ...NO_CONTENT, dataMasking: NO_QUERY },
  backendResponse: NO_CONTENT,
};
