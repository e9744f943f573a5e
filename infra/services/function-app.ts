import { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption/index.js";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan/index.js";
import type { TerraformStack } from "cdktf";
import type { AppSettings } from "../../generated/environment.ts";
import type { Deployment } from "../deployment.ts";
import { createDiagnostics } from "../diagnostics.ts";
import { grantRotation } from "../grant-role.ts";
import type { ManifestApi } from "../manifest.ts";
import type { FoundationParts, IdentityPart } from "../parts.ts";
import { createPrivateEndpoint } from "../private-endpoint.ts";
import { appSettings } from "./app-settings.ts";
import type { HostStorage } from "./host-storage.ts";

export interface FunctionAppOptions {
  readonly api: ManifestApi;
  readonly settings: AppSettings;
  readonly identity: IdentityPart;
  readonly hostStorage: HostStorage;
  readonly auditUrl: string | undefined;
}

export interface FunctionApp {
  readonly id: string;
  readonly name: string;
  readonly hostname: string;
  readonly planId: string;
}

/** An API's function app, on Flex Consumption: reached through its private endpoint, and with its own identity. */
export function createFunctionApp(
  stack: TerraformStack,
  foundation: FoundationParts,
  { environment, names }: Deployment,
  { api, settings, identity, hostStorage, auditUrl }: FunctionAppOptions,
): FunctionApp {
  const { resourceGroup, workspaceId, applicationInsights } = foundation;
  const { replyValidation, telemetry } = environment.azure;
  const place = { resourceGroupName: resourceGroup.name, location: resourceGroup.location };
  const plan = new ServicePlan(stack, `${api.name}-plan`, {
    ...place,
    name: names.plan(api.name),
    osType: "Linux",
    skuName: "FC1",
  });
  const app = new FunctionAppFlexConsumption(stack, `${api.name}-function-app`, {
    ...place,
    name: names.functionApp(api.name),
    servicePlanId: plan.id,
    runtimeName: "node",
    runtimeVersion: "24",
    instanceMemoryInMb: settings.instanceMemoryMb,
    maximumInstanceCount: settings.maximumInstances,
    // For requests alone: on this plan a timer is a scale group of its own, `function:<name>`, and the platform starts an
    // instance for it when it is due, from none at all (https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan).
    alwaysReady: [{ name: "http", instanceCount: settings.alwaysReadyInstances }],
    storageContainerType: "blobContainer",
    storageContainerEndpoint: hostStorage.codeUrl,
    storageAuthenticationType: "UserAssignedIdentity",
    storageUserAssignedIdentityId: identity.id,
    identity: { type: "UserAssigned", identityIds: [identity.id] },
    virtualNetworkSubnetId: foundation.subnetId(`${api.name}-app`),
    // Its host starts with its storage.
    dependsOn: [...hostStorage.ready],
    publicNetworkAccessEnabled: false,
    httpsOnly: true,
    webdeployPublishBasicAuthenticationEnabled: false,
    siteConfig: {
      minimumTlsVersion: "1.2",
      scmMinimumTlsVersion: "1.2",
      http2Enabled: true,
      // Closed even if somebody opens the app's public address.
      ipRestrictionDefaultAction: "Deny",
      scmIpRestrictionDefaultAction: "Deny",
      // It becomes the app setting APPLICATIONINSIGHTS_CONNECTION_STRING.
      applicationInsightsConnectionString: applicationInsights.connectionString,
    },
    appSettings: appSettings({
      api,
      foundation,
      identity,
      hostStorageName: hostStorage.name,
      replyValidation,
      telemetry,
      auditUrl,
    }),
  });
  createPrivateEndpoint(stack, foundation, names, {
    of: api.name,
    service: "sites",
    targetId: app.id,
    subnet: `${api.name}-endpoint`,
  });
  createDiagnostics(stack, `${api.name}-function-app`, {
    targetId: app.id,
    workspaceId,
    categories: ["FunctionAppLogs"],
  });
  grantRotation(stack, `${api.name}-app-keys`, environment.azure, {
    role: "Website Contributor",
    scope: app.id,
  });
  return { id: app.id, name: names.functionApp(api.name), hostname: app.defaultHostname, planId: plan.id };
}
