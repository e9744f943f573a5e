import { join } from "node:path";
import { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy/index.js";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy/index.js";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api/index.js";
import { AssetType, Fn, TerraformAsset } from "cdktf";
import type { ManifestApi, ManifestGateway } from "../manifest.ts";
import { constructIds, within } from "./gateway-scope.ts";
import type { GatewayScope } from "./gateway-scope.ts";

/**
 * One published API: its operations from the generated import, its policy, and the policies of its operations. Operations are
 * those of the import, so their policies wait for it.
 */
export function createApi(
  { stack, service, parts, telemetry, generatedDirectory }: GatewayScope,
  { name, title }: ManifestApi,
  gateway: ManifestGateway,
): void {
  // A file rather than text in the stack: to Terraform, `${` and `%{` in a description would be code.
  const document = new TerraformAsset(stack, `import-${name}`, {
    path: join(generatedDirectory, gateway.import),
    type: AssetType.FILE,
    // Part of the path; Terraform compares the content itself.
    assetHash: name,
  });
  const api = new ApiManagementApi(stack, constructIds.api(name), {
    ...within(service),
    name,
    displayName: title,
    path: gateway.path,
    protocols: ["https"],
    revision: "1",
    subscriptionRequired: gateway.subscriptionRequired,
    import: { contentFormat: "openapi+json", contentValue: Fn.file(document.path) },
  });
  new ApiManagementApiPolicy(stack, `policy-${name}`, {
    ...within(service),
    apiName: api.name,
    ...parts.policy(gateway.policy),
  });
  for (const { operationId, policy } of gateway.operations) {
    if (policy === null) continue;
    const { xmlContent, dependsOn } = parts.policy(policy);
    new ApiManagementApiOperationPolicy(stack, `policy-${name}-${operationId}`, {
      ...within(service),
      apiName: api.name,
      operationId,
      xmlContent,
      dependsOn: [api, ...dependsOn],
    });
  }
  telemetry.observe(name, api);
}
