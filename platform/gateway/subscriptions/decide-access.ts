import type { ExpressionProduct, ExpressionSubscription } from "../expressions/context.ts";
import type { FoundSubscription, SubscriptionKeys } from "./subscription-keys.ts";

/** What the decision needs to know of an API. */
export interface AccessRules {
  readonly apiName: string;
  readonly subscriptionRequired: boolean;
  /** Products that contain the API, by id. */
  readonly products: ReadonlyMap<string, ExpressionProduct>;
}

/** The outcome: who is admitted, in which product's context, or what is wrong with the key. */
export type AccessDecision =
  | {
      readonly admitted: true;
      readonly product: ExpressionProduct | null;
      readonly subscription: ExpressionSubscription | null;
    }
  | { readonly admitted: false; readonly reason: "missing" | "invalid" };

/**
 * Decides by the subscription key. A key that is not valid for the API refuses even where none is required; a product
 * subscription brings its product, one of an API or of all APIs none.
 *
 * @param key null when the request carries none
 *
 * Source: Microsoft Learn, "Subscriptions in Azure API Management", "How API Management handles requests with or without
 * subscription keys".
 */
export function decideAccess(key: string | null, rules: AccessRules, keys: SubscriptionKeys): AccessDecision {
  if (key === null) return withoutKey(rules);
  const found = keys.find(key);
  if (found === null) return invalid;
  const { scope } = found.subscription;
  if (scope === "all") return admit(found, null);
  if ("api" in scope) return scope.api === rules.apiName ? admit(found, null) : invalid;
  const product = rules.products.get(scope.product);
  return product ? admit(found, product) : invalid;
}

const invalid: AccessDecision = { admitted: false, reason: "invalid" };
const missing: AccessDecision = { admitted: false, reason: "missing" };

function withoutKey({ subscriptionRequired, products }: AccessRules): AccessDecision {
  for (const product of products.values()) {
    if (!product.subscriptionRequired) return { admitted: true, product, subscription: null };
  }
  return subscriptionRequired ? missing : { admitted: true, product: null, subscription: null };
}

function admit({ subscription, key }: FoundSubscription, product: ExpressionProduct | null): AccessDecision {
  const { id, name, key: primaryKey, secondaryKey = "" } = subscription;
  return { admitted: true, product, subscription: { id, name, key, primaryKey, secondaryKey } };
}
