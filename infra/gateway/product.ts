import { ApiManagementProductApi } from "@cdktf/provider-azurerm/lib/api-management-product-api/index.js";
import { ApiManagementProductPolicy } from "@cdktf/provider-azurerm/lib/api-management-product-policy/index.js";
import { ApiManagementProduct } from "@cdktf/provider-azurerm/lib/api-management-product/index.js";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api/index.js";
import type { ManifestProduct } from "../manifest.ts";
import { constructIds, within } from "./gateway-scope.ts";
import type { GatewayScope } from "./gateway-scope.ts";

/** One product: the APIs that its subscriptions open, each after an operator's approval. */
export function createProduct(
  { stack, service, parts }: GatewayScope,
  { id, apis, policy }: ManifestProduct,
): void {
  const product = new ApiManagementProduct(stack, constructIds.product(id), {
    ...within(service),
    productId: id,
    displayName: id,
    published: true,
    subscriptionRequired: true,
    approvalRequired: true,
  });
  for (const name of apis) {
    const api = stack.node.findChild(constructIds.api(name));
    if (!(api instanceof ApiManagementApi)) throw new Error(`${api.node.path} is no API`);
    new ApiManagementProductApi(stack, `product-${id}-${name}`, {
      ...within(service),
      productId: product.productId,
      apiName: api.name,
    });
  }
  new ApiManagementProductPolicy(stack, `product-policy-${id}`, {
    ...within(service),
    productId: product.productId,
    ...parts.policy(policy),
  });
}
