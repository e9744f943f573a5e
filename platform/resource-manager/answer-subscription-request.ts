import type { Answer } from "./answer.ts";
import { isSameName, only, type AnswerProvider, type ArmRequest } from "./arm-request.ts";

/** A gateway's subscription, with the keys of now. */
export interface ManagedSubscription {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly secondaryKey?: string;
  readonly scope: { readonly product: string } | { readonly api: string } | "all";
  readonly state?: string;
}

/** The gateway's subscriptions. */
export interface SubscriptionSecrets {
  list(): readonly ManagedSubscription[];
  /** The new key opens and the old one is refused from the next request on. */
  regenerate(id: string, which: "primary" | "secondary"): void;
}

/**
 * `Microsoft.ApiManagement`: lists the subscriptions of one service, their keys, and makes a key anew.
 *
 * @param service its id, `/subscriptions/…/service/…`
 * @see https://learn.microsoft.com/rest/api/apimanagement/subscription
 */
export function answerSubscriptions(service: string, subscriptions: SubscriptionSecrets): AnswerProvider {
  const serviceName = service.slice(service.lastIndexOf("/") + 1);
  return (request) => {
    const [kind, name, room, id, action, ...more] = request.segments;
    if (!isSameName(kind, "service") || !isSameName(name, serviceName)) return undefined;
    if (!isSameName(room, "subscriptions") || more.length > 0) return undefined;
    if (id === undefined) return listSubscriptions(request, service, subscriptions);
    const found = subscriptions.list().find((one) => isSameName(id, one.id));
    if (!found) return undefined;
    if (action === undefined) return only("GET", request, () => ok(describe(found, service)));
    return act(request, found, action, subscriptions);
  };
}

function listSubscriptions(request: ArmRequest, service: string, subscriptions: SubscriptionSecrets): Answer {
  return only("GET", request, () => {
    const value = subscriptions.list().map((one) => describe(one, service));
    return ok({ value, count: value.length });
  });
}

function act(
  request: ArmRequest,
  { id, key, secondaryKey }: ManagedSubscription,
  action: string,
  subscriptions: SubscriptionSecrets,
): Answer | undefined {
  if (isSameName(action, "listSecrets"))
    return only("POST", request, () => ok({ primaryKey: key, secondaryKey }));
  for (const which of ["primary", "secondary"] as const) {
    if (!isSameName(action, `regenerate${which}Key`)) continue;
    return only("POST", request, () => {
      subscriptions.regenerate(id, which);
      return { status: 204 };
    });
  }
  return undefined;
}

/** Keys are told by `listSecrets` alone. */
function describe({ id, name, scope, state }: ManagedSubscription, service: string): unknown {
  return {
    id: `${service}/subscriptions/${id}`,
    type: "Microsoft.ApiManagement/service/subscriptions",
    name: id,
    properties: { displayName: name, scope: `${service}${scopeOf(scope)}`, state: state ?? "active" },
  };
}

function scopeOf(scope: ManagedSubscription["scope"]): string {
  if (scope === "all") return "/apis";
  return "product" in scope ? `/products/${scope.product}` : `/apis/${scope.api}`;
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}
