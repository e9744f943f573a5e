import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { prepareKeyFile } from "./functions-host/prepare-key-file.ts";
import { superviseApp } from "./functions-host/supervise-app.ts";
import type { KeyVault } from "./key-vault/start-key-vault.ts";
import type { Manifest, ManifestApi } from "./manifest.ts";
import type { ReplyValidation } from "./settings.ts";

export interface StartAppsOptions {
  readonly manifest: Manifest;
  readonly projectDirectory: string;
  readonly generatedDirectory: string;
  readonly stateDirectory: string;
  readonly vault: KeyVault;
  /** Where the register publishes its checkpoints. */
  readonly checkpointStorageUrl: string;
  /** Where the other apps record, when that is not the Audit app that is started here. */
  readonly auditUrl?: string;
  /** App settings of one's own, which go before those of the platform: for tests. */
  readonly appSettings?: Readonly<Record<string, string>>;
  /** Settings of the apps about what they tell of themselves. */
  readonly telemetry?: Readonly<Record<string, string>>;
  /** What the apps do with an answer that breaks the contract; `refuse`, so that it is seen where it is made. */
  readonly replyValidation?: ReplyValidation;
  readonly log: (line: string) => void;
}

/** The running function apps. */
export interface RunningApps {
  /** Each app's address, by API name. */
  readonly urls: Readonly<Record<string, string>>;
  /** The operating system's id of each app's process now, by API name. */
  processIds(): Readonly<Record<string, number | undefined>>;
  stop(): Promise<void>;
}

type SupervisedApp = Awaited<ReturnType<typeof superviseApp>>;

/**
 * Starts each API's function app in a process of its own, with the settings that the manifest says it needs: the register
 * first, because the others are told its address.
 */
export async function startApps(options: StartAppsOptions): Promise<RunningApps> {
  const apps = new Map<string, SupervisedApp>();
  const urls: Record<string, string> = {};
  const stop = async () => {
    await Promise.all([...apps.values()].map((app) => app.stop()));
  };
  const start = async (api: ManifestApi) => {
    const app = await startApp(api, urls, options);
    apps.set(api.name, app);
    urls[api.name] = app.url;
  };
  const dependsOnAudit = (api: ManifestApi) => api.app.settings.includes("AUDIT_URL");
  try {
    await Promise.all(options.manifest.apis.filter((api) => !dependsOnAudit(api)).map(start));
    await Promise.all(options.manifest.apis.filter(dependsOnAudit).map(start));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    urls,
    processIds: () => Object.fromEntries([...apps].map(([name, app]) => [name, app.processId])),
    stop,
  };
}

/** The secrets that the platform makes: connection strings as given, everything else at random, once. */
export function secretSeeds(
  manifest: Manifest,
  mongodbUris: Readonly<Record<string, string>>,
): Record<string, string | (() => string)> {
  const names = new Set([
    ...manifest.identities.flatMap(({ secrets }) => secrets),
    ...manifest.apis.map(({ name }) => `${name}-host-key`),
  ]);
  const uris = new Map(Object.entries(mongodbUris).map(([api, uri]) => [`${api}-mongodb-uri`, uri]));
  return Object.fromEntries([...names].map((name) => [name, uris.get(name) ?? randomKey]));
}

/** Where the keys that open an app are kept (Azure: in its storage account). */
export function keysFileOf(stateDirectory: string, api: string): string {
  return join(stateDirectory, "apps", api, "keys.json");
}

async function startApp(
  api: ManifestApi,
  urls: Readonly<Record<string, string>>,
  options: StartAppsOptions,
): Promise<SupervisedApp> {
  const { projectDirectory, generatedDirectory, stateDirectory, vault, replyValidation, log } = options;
  return superviseApp({
    name: api.name,
    bundle: join(projectDirectory, api.app.bundle),
    hostJson: join(generatedDirectory, api.app.hostJson),
    keysFile: await prepareKeys(api, stateDirectory, vault),
    environment: {
      ...settingsOf(api, urls, options),
      IDENTITY_ENDPOINT: vault.identityEndpoint,
      IDENTITY_HEADER: vault.identityHeader(api.app.identity),
      REPLY_VALIDATION: replyValidation ?? "refuse",
      ...options.telemetry,
      ...options.appSettings,
    },
    log,
  });
}

function settingsOf(
  api: ManifestApi,
  urls: Readonly<Record<string, string>>,
  { vault, auditUrl, checkpointStorageUrl }: StartAppsOptions,
): Record<string, string> {
  const values = {
    KEY_VAULT_URL: vault.url,
    MONGODB_DATABASE: api.name,
    AUDIT_URL: auditUrl ?? urls.audit ?? "",
    CHECKPOINT_STORAGE_URL: checkpointStorageUrl,
  };
  return Object.fromEntries(Object.entries(values).filter(([name]) => api.app.settings.includes(name)));
}

async function prepareKeys(api: ManifestApi, stateDirectory: string, vault: KeyVault): Promise<string> {
  const file = keysFileOf(stateDirectory, api.name);
  const backendKey = api.gateway?.backendKey;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  prepareKeyFile(file, {
    functions: api.operations.map(({ operationId }) => operationId),
    hostKey: vault.secret(`${api.name}-host-key`),
    ...(backendKey?.kind === "function" && {
      gateway: {
        key: vault.secret(backendKey.secret),
        functions: api.operations.filter(({ internal }) => !internal).map(({ operationId }) => operationId),
      },
    }),
  });
  return file;
}

function randomKey(): string {
  return randomBytes(32).toString("base64url");
}
