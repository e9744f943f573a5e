import { rm } from "node:fs/promises";
import { join } from "node:path";
import { editKeyFile, readKeyFile } from "./functions-host/key-file.ts";
import type { SubscriptionKeys } from "./gateway/subscriptions/subscription-keys.ts";
import { MANAGEMENT_RESOURCE } from "./key-vault/answer-identity-request.ts";
import type { KeyVault } from "./key-vault/start-key-vault.ts";
import { writeFileAtomically } from "./key-vault/write-file-atomically.ts";
import type { Manifest } from "./manifest.ts";
import type { SiteKeys } from "./resource-manager/answer-site-request.ts";
import { startResourceManager } from "./resource-manager/start-resource-manager.ts";
import { keysFileOf } from "./start-apps.ts";

export interface StartOperatorOptions {
  readonly manifest: Manifest;
  readonly stateDirectory: string;
  readonly vault: KeyVault;
  readonly subscriptions: SubscriptionKeys;
  readonly gatewayUrl: string;
  /** The function apps' own addresses, by API name. */
  readonly appUrls: Readonly<Record<string, string>>;
}

/** What an operator reaches the platform with: addresses, and what makes a process the identity `operator`. */
export interface Operator {
  readonly resourceManagerUrl: string;
  readonly vaultUrl: string;
  readonly identityEndpoint: string;
  readonly identityHeader: string;
}

/** The identity that may do everything to the vault and to keys; the platform gives it to no process of its own. */
export const OPERATOR = "operator";

const RESOURCES = {
  subscriptionId: "00000000-0000-4000-8000-000000000000",
  resourceGroup: "local",
  service: "specimen",
};

/**
 * Starts what an operator rotates keys with, and writes `operator.json` (0600) into the state folder, from which an operator's
 * command knows where it is. It is there as long as the platform runs.
 */
export async function startOperator(
  options: StartOperatorOptions,
): Promise<{ readonly operator: Operator; close(): Promise<void> }> {
  const { manifest, stateDirectory, vault, subscriptions, gatewayUrl, appUrls } = options;
  const manager = await startResourceManager({
    resources: RESOURCES,
    sites: Object.fromEntries(manifest.apis.map((api) => [siteOf(api.name), siteKeys(api, stateDirectory)])),
    subscriptions,
    identityOf: (token) => vault.identityOfToken(token, MANAGEMENT_RESOURCE),
  });
  const operator = {
    resourceManagerUrl: manager.url,
    vaultUrl: vault.url,
    identityEndpoint: vault.identityEndpoint,
    identityHeader: vault.identityHeader(OPERATOR),
  };
  const apps = Object.fromEntries(
    Object.entries(appUrls).map(([api, url]) => [api, { url, site: siteOf(api) }]),
  );
  const file = join(stateDirectory, "operator.json");
  writeFileAtomically(file, `${JSON.stringify({ gatewayUrl, ...operator, ...RESOURCES, apps }, null, 2)}\n`);
  return {
    operator,
    async close() {
      await rm(file, { force: true });
      await manager.close();
    },
  };
}

function siteOf(api: string): string {
  return `${api}-app`;
}

function siteKeys({ name, operations }: Manifest["apis"][number], stateDirectory: string): SiteKeys {
  const file = keysFileOf(stateDirectory, name);
  return {
    functions: operations.map(({ operationId }) => operationId),
    read: () => readKeyFile(file),
    edit: (change) => editKeyFile(file, change),
  };
}
