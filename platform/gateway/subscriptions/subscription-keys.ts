import { randomBytes } from "node:crypto";
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
  #subscriptions: readonly GatewaySubscription[];
  #byKey: ReadonlyMap<string, GatewaySubscription>;
  readonly #save: (subscriptions: readonly GatewaySubscription[]) => void;

  /**
   * @param save keeps the subscriptions whenever a key has changed; default: they are forgotten at the stop
   * @throws ConfigurationError when two subscriptions share a key, or a key is empty
   */
  constructor(
    subscriptions: readonly GatewaySubscription[],
    save: (subscriptions: readonly GatewaySubscription[]) => void = () => undefined,
  ) {
    this.#subscriptions = subscriptions;
    this.#byKey = byKey(subscriptions);
    this.#save = save;
  }

  /** The active subscription of a key. */
  find(key: string): FoundSubscription | null {
    const subscription = this.#byKey.get(key);
    return subscription && (subscription.state ?? "active") === "active" ? { subscription, key } : null;
  }

  /** The subscriptions with their keys of now. */
  list(): readonly GatewaySubscription[] {
    return this.#subscriptions;
  }

  /**
   * Gives a subscription a new key in place of one that it has. It is kept when the call returns, and from then on the old one
   * is refused.
   *
   * @throws Error when there is no such subscription
   */
  regenerate(id: string, which: "primary" | "secondary"): void {
    const known = this.#subscriptions.find((one) => one.id === id);
    if (!known) throw new Error(`there is no subscription "${id}"`);
    const changed = { ...known, [which === "primary" ? "key" : "secondaryKey"]: newSubscriptionKey() };
    const subscriptions = this.#subscriptions.map((one) => (one === known ? changed : one));
    // Kept first: a key that could be lost at a restart never opens.
    this.#save(subscriptions);
    this.#subscriptions = subscriptions;
    this.#byKey = byKey(subscriptions);
  }
}

/** 32 hexadecimal digits, as API Management makes them. */
export function newSubscriptionKey(): string {
  return randomBytes(16).toString("hex");
}

function byKey(subscriptions: readonly GatewaySubscription[]): ReadonlyMap<string, GatewaySubscription> {
  const found = new Map<string, GatewaySubscription>();
  for (const subscription of subscriptions) {
    const { id, key, secondaryKey } = subscription;
    for (const one of secondaryKey === undefined ? [key] : [key, secondaryKey]) {
      if (one === "") throw new ConfigurationError(`subscription ${id}`, "its key is empty");
      if (found.has(one))
        throw new ConfigurationError(
          `subscription ${id}`,
          "its key is another's too; expected a key of its own",
        );
      found.set(one, subscription);
    }
  }
  return found;
}
