import { randomBytes } from "node:crypto";
import type { ManifestApi } from "../manifest.ts";
import { AzureRestError } from "./azure-rest.ts";
import type { AzureRest } from "./azure-rest.ts";
import { tryKey } from "./try-key.ts";
import type { Target } from "./target.ts";
import type { TwoSlots } from "./two-slots.ts";

const API_VERSION = "api-version=2024-04-01";

/**
 * The host keys of a function app: what opens all its functions.
 * @see https://learn.microsoft.com/rest/api/appservice/web-apps/create-or-update-host-secret
 */
export function hostKeys(api: ManifestApi, target: Target, resourceManager: AzureRest): TwoSlots {
  const site = siteOf(api, target);
  return {
    secret: `${api.name}-host-key`,
    slots: ["default", "second"],
    async read() {
      const { functionKeys } = await resourceManager.call(
        "POST",
        `${site}/host/default/listKeys?${API_VERSION}`,
      );
      return textsOf(functionKeys);
    },
    renew: (slot) => put(resourceManager, `${site}/host/default/functionKeys/${slot}`, slot, newKey()),
    opens: opensApp(api, target),
  };
}

/**
 * The gateway's function key: one value, set on each function that is published, so that it opens these and no other.
 * @see https://learn.microsoft.com/rest/api/appservice/web-apps/create-or-update-function-secret
 */
export function gatewayKeys(
  api: ManifestApi,
  secret: string,
  target: Target,
  resourceManager: AzureRest,
): TwoSlots<GatewaySlot> {
  const site = siteOf(api, target);
  const functions = api.operations.filter((one) => !one.internal).map(({ operationId }) => operationId);
  const internal = api.operations.filter((one) => one.internal).map(({ operationId }) => operationId);
  return {
    secret,
    slots: ["gateway", "gateway-second"],
    /** A slot has a value when the functions that have it agree: a run that was killed half way has set none. */
    async read() {
      const lists = await Promise.all(
        functions.map(async (name) =>
          keysOf(await resourceManager.call("POST", `${site}/functions/${name}/listKeys?${API_VERSION}`)),
        ),
      );
      const common = (slot: GatewaySlot) => {
        const values = new Set(lists.flatMap((keys) => keys[slot] ?? []));
        const [value] = values;
        return values.size === 1 ? { [slot]: value } : {};
      };
      return { ...common("gateway"), ...common("gateway-second") };
    },
    async renew(slot) {
      const value = newKey();
      for (const name of functions)
        await put(resourceManager, `${site}/functions/${name}/keys/${slot}`, slot, value);
      // One that is published no longer keeps no key of the time when it was.
      for (const name of internal)
        await resourceManager
          .call("DELETE", `${site}/functions/${name}/keys/${slot}?${API_VERSION}`)
          .catch(absent);
      return value;
    },
    opens: opensApp(api, target),
  };
}

function absent(error: unknown): void {
  if (!(error instanceof AzureRestError && error.status === 404)) throw error;
}

type GatewaySlot = "gateway" | "gateway-second";

function siteOf({ name }: ManifestApi, { resourceGroup, app }: Target): string {
  return `${resourceGroup}/providers/Microsoft.Web/sites/${app(name).site}`;
}

async function put(resourceManager: AzureRest, path: string, name: string, value: string): Promise<string> {
  await resourceManager.call("PUT", `${path}?${API_VERSION}`, { properties: { name, value } });
  return value;
}

/**
 * Whether a key opens an app, by a call that touches nobody's data: one that is not audited, if the API has it, or one that asks for
 * an id that is none.
 */
function opensApp(
  { name, operations }: ManifestApi,
  { app }: Target,
): (key: string) => Promise<boolean | undefined> {
  const readable = operations.filter(({ internal, method }) => !internal && method === "GET");
  const operation = readable.find(({ audited, path }) => !audited && !path.includes("{")) ?? readable[0];
  if (!operation) throw new Error(`API ${name} has no operation by which a key could be tried.`);
  const url = `${app(name).url}${operation.path.replaceAll(/\{[^}]+\}/g, "rotate-keys")}`;
  return (key) => tryKey(url, "x-functions-key", key);
}

/** The length and the alphabet of the keys that Azure makes, or stronger. */
function newKey(): string {
  return randomBytes(42).toString("base64url");
}

/** Azure's reference has them among `properties`, the service answers them as they are. */
function keysOf(answer: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return { ...textsOf(answer.properties), ...textsOf(answer) };
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
