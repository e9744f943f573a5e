import { ApiManagementPolicy } from "@cdktf/provider-azurerm/lib/api-management-policy/index.js";
import { TerraformOutput } from "cdktf";
import type { App, TerraformStack } from "cdktf";
import type { AzureEnvironment } from "../../generated/environment.ts";
import type { Manifest } from "../manifest.ts";
import { createObservability } from "../observability/observability.ts";
import type { FoundationParts, ServicesParts } from "../parts.ts";
import { createStack } from "../stack.ts";
import { createApi } from "./api.ts";
import { createApiManagement } from "./api-management.ts";
import { createPolicyParts } from "./policy-parts.ts";
import { createProduct } from "./product.ts";
import { createTelemetry } from "./telemetry.ts";

export interface GatewayOptions {
  readonly environment: AzureEnvironment;
  readonly manifest: Manifest;
  /** The absolute path of `generated/`. */
  readonly generatedDirectory: string;
  readonly foundation: FoundationParts;
  readonly services: ServicesParts;
}

/**
 * The stack that is deployed last: API Management with all that the manifest publishes, and the alerts on all stacks. Another
 * API in the manifest is another API here.
 *
 * It makes no subscriptions: Terraform would keep their keys in its state. Operators make them, one for each client.
 * @throws when a policy names a named value or a backend that the manifest or the environment does not have
 */
export function createGateway(app: App, options: GatewayOptions): TerraformStack {
  const { environment, manifest, generatedDirectory, foundation, services } = options;
  const stack = createStack(app, "gateway", environment);
  const service = createApiManagement(stack, options);
  const parts = createPolicyParts(stack, service, options);
  const telemetry = createTelemetry(stack, service, foundation);
  const scope = { stack, service, parts, telemetry, generatedDirectory };
  new ApiManagementPolicy(stack, "policy", {
    apiManagementId: service.id,
    ...parts.policy(manifest.globalPolicy),
  });
  for (const api of manifest.apis) if (api.gateway) createApi(scope, api, api.gateway);
  for (const product of manifest.products) createProduct(scope, product);
  createObservability(stack, { environment, manifest, foundation, services, gatewayId: service.id });
  new TerraformOutput(stack, "gateway-url", { value: service.gatewayUrl });
  return stack;
}
