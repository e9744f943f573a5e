import { ConfigurationError } from "../configuration/configuration-error.ts";
import type { GatewaySubscription } from "../configuration/gateway-manifest.ts";

/** A subscription, found by one of its keys. */
export interface FoundSubscription {
  readonly subscription: GatewaySubscription;
  /** The key that the caller used. */
  readonly key: string;
}

/** Subscriptions by key, primary and secondary alike. */
export class SubscriptionKeys {
  readonly #byKey = new Map<string, GatewaySubscription>();

  /** @throws ConfigurationError when two subscriptions share a key, or a key is empty */
  constructor(subscriptions: readonly GatewaySubscription[]) {
    for (const subscription of subscriptions) {
      this.#add(subscription.key, subscription);
      if (subscription.secondaryKey !== undefined) this.#add(subscription.secondaryKey, subscription);
    }
  }

  /** The active subscription of a key. */
  find(key: string): FoundSubscription | null {
    const subscription = this.#byKey.get(key);
    return subscription && (subscription.state ?? "active") === "active" ? { subscription, key } : null;
  }

  #add(key: string, subscription: GatewaySubscription): void {
    const where = `subscription ${subscription.id}`;
    if (key === "") throw new ConfigurationError(where, "its key is empty");
    if (this.#byKey.has(key))
      throw new ConfigurationError(where, "its key is another's too; expected a key of its own");
    this.#byKey.set(key, subscription);
  }
}
