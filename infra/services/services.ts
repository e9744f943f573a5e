import type { App } from "cdktf";
import type { AppSettings } from "../../generated/environment.ts";
import type { Deployment } from "../deployment.ts";
import { grantRotation } from "../grant-role.ts";
import type { ManifestApi } from "../manifest.ts";
import { REGISTER } from "../network/flows.ts";
import type { AppPart, FoundationParts, ServicesParts } from "../parts.ts";
import { createStack } from "../stack.ts";
import type { Collection } from "./collections.ts";
import { createDatabase } from "./database.ts";
import { createFunctionApp } from "./function-app.ts";
import { createHostStorage } from "./host-storage.ts";
import { createVaultContents } from "./vault-contents.ts";

/** Each API's collections, by its name. */
export type Collections = ReadonlyMap<string, readonly Collection[]>;

/** The vault's contents, and for each API its database, its host's storage and its function app. */
export function createServices(
  app: App,
  deployment: Deployment,
  foundation: FoundationParts,
  collections: Collections,
): ServicesParts {
  const { environment, manifest } = deployment;
  const stack = createStack(app, "services", environment);
  const secret = createVaultContents(stack, foundation, manifest);
  const apps = new Map<string, AppPart>();
  for (const api of inOrder(manifest.apis)) {
    const settings = settingsOf(environment.azure.apps, api.name);
    const identity = foundation.identity(api.app.identity);
    const database = createDatabase(stack, foundation, deployment, {
      api: api.name,
      settings,
      collections: collections.get(api.name) ?? [],
    });
    grantRotation(stack, `${api.name}-database-keys`, environment.azure, {
      role: "DocumentDB Account Contributor",
      scope: database.id,
    });
    const hostStorage = createHostStorage(stack, foundation, deployment, { api: api.name, identity });
    const register = apps.get(REGISTER);
    const functionApp = createFunctionApp(stack, foundation, deployment, {
      api,
      settings,
      identity,
      hostStorage,
      auditUrl: register && `https://${register.hostname}`,
    });
    apps.set(api.name, { ...functionApp, databaseAccountId: database.id, hostStorageId: hostStorage.id });
  }
  return { stack, secret, app: (api) => found(apps, api) };
}

/** The register first: the others are told its address. */
function inOrder(apis: readonly ManifestApi[]): readonly ManifestApi[] {
  const records = ({ app }: ManifestApi) => app.settings.includes("AUDIT_URL");
  return [...apis.filter((api) => !records(api)), ...apis.filter(records)];
}

function settingsOf(apps: Readonly<Record<string, AppSettings>>, api: string): AppSettings {
  return found(new Map(Object.entries(apps)), api);
}

function found<T>(things: ReadonlyMap<string, T>, api: string): T {
  const thing = things.get(api);
  if (thing === undefined) throw new Error(`There is no app of the API ${api}.`);
  return thing;
}
