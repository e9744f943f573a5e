import type { Manifest } from "../manifest.ts";
import { AzureRestError } from "./azure-rest.ts";
import type { AzureRest } from "./azure-rest.ts";
import type { Target } from "./target.ts";
import { tryKey } from "./try-key.ts";
import type { TwoSlots } from "./two-slots.ts";
import { membersOf } from "./members-of.ts";

const API_VERSION = "api-version=2024-05-01";

/** A subscription of API Management: who may call a product's APIs. */
export interface GatewaySubscription {
  readonly id: string;
  /** The id of its product; undefined for one that is of no product. */
  readonly product: string | undefined;
}

/**
 * The active subscriptions of products. What Azure makes for itself, of all APIs, is nobody's to be rotated for.
 * @see https://learn.microsoft.com/rest/api/apimanagement/subscription/list
 */
export async function listSubscriptions(
  target: Target,
  resourceManager: AzureRest,
): Promise<readonly GatewaySubscription[]> {
  const found: GatewaySubscription[] = [];
  for (
    let next: string | undefined = `${serviceOf(target)}/subscriptions?${API_VERSION}`;
    next !== undefined;
  ) {
    const { value, nextLink }: Readonly<Record<string, unknown>> = await resourceManager
      .call("GET", next)
      .catch(noneWithoutGateway);
    if (Array.isArray(value)) found.push(...(value as unknown[]).flatMap(subscriptionOf));
    next =
      typeof nextLink === "string" && nextLink !== ""
        ? nextLink.slice(new URL(nextLink).origin.length)
        : undefined;
  }
  return found;
}

/** Before the gateway has been deployed for the first time there is nobody who may call it. */
function noneWithoutGateway(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof AzureRestError && error.code === "ResourceNotFound") return {};
  throw error;
}

/**
 * The keys of a subscription. The one to be used is in the vault's secret `subscription-<id>`, where whoever may know it reads it.
 * @see https://learn.microsoft.com/rest/api/apimanagement/subscription/regenerate-primary-key
 */
export function subscriptionKeys(
  subscription: GatewaySubscription,
  manifest: Manifest,
  target: Target,
  resourceManager: AzureRest,
): TwoSlots<SubscriptionSlot> {
  const path = `${serviceOf(target)}/subscriptions/${subscription.id}`;
  const read = async () => {
    const { primaryKey, secondaryKey } = await resourceManager.call(
      "POST",
      `${path}/listSecrets?${API_VERSION}`,
    );
    return {
      ...(typeof primaryKey === "string" && { primary: primaryKey }),
      ...(typeof secondaryKey === "string" && { secondary: secondaryKey }),
    };
  };
  const opens = opensGateway(subscription, manifest, target);
  return {
    secret: `subscription-${subscription.id}`,
    slots: ["primary", "secondary"],
    read,
    async renew(slot) {
      const action = slot === "primary" ? "regeneratePrimaryKey" : "regenerateSecondaryKey";
      await resourceManager.call("POST", `${path}/${action}?${API_VERSION}`);
      const key = (await read())[slot];
      if (key === undefined) throw new Error(`Subscription ${subscription.id} has no ${slot} key.`);
      return key;
    },
    ...(opens && { opens }),
  };
}

type SubscriptionSlot = "primary" | "secondary";

function serviceOf({ resourceGroup, apiManagement }: Target): string {
  return `${resourceGroup}/providers/Microsoft.ApiManagement/service/${apiManagement}`;
}

function subscriptionOf(item: unknown): GatewaySubscription[] {
  const { name, properties } = membersOf(item);
  const { scope, state } = membersOf(properties);
  if (typeof name !== "string" || state !== "active" || typeof scope !== "string") return [];
  const product = /\/products\/([^/]+)$/i.exec(scope)?.[1];
  return product === undefined ? [] : [{ id: name, product }];
}

/** Whether a key opens the gateway, by a call that touches nobody's data; see `opensApp`. */
function opensGateway(
  { product }: GatewaySubscription,
  { apis, products }: Manifest,
  { gatewayUrl }: Target,
): ((key: string) => Promise<boolean | undefined>) | undefined {
  const names = products.find(({ id }) => id === product)?.apis ?? [];
  const readable = apis
    .filter(({ name, gateway }) => gateway && names.includes(name))
    .flatMap(({ operations }) => operations.filter(({ internal, method }) => !internal && method === "GET"));
  const operation = readable.find(({ audited, path }) => !audited && !path.includes("{")) ?? readable[0];
  if (!operation) return undefined;
  const url = `${gatewayUrl}${operation.path.replaceAll(/\{[^}]+\}/g, "rotate-keys")}`;
  return (key) => tryKey(url, "ocp-apim-subscription-key", key);
}
