import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { local, localSubscriptions } from "../environments/local.ts";
import { buildApps } from "../generator/build/build-apps.ts";
import { buildPortal } from "../portal/build-portal.ts";
import { startBlobStorage } from "./blob-storage/start-blob-storage.ts";
import type { BlobStorage } from "./blob-storage/start-blob-storage.ts";
import { startGateway } from "./gateway/start-gateway.ts";
import { openSubscriptionKeys } from "./gateway/subscriptions/open-subscription-keys.ts";
import type { SubscriptionKeys } from "./gateway/subscriptions/subscription-keys.ts";
import { startKeyVault } from "./key-vault/start-key-vault.ts";
import type { KeyVault } from "./key-vault/start-key-vault.ts";
import { readManifest } from "./manifest.ts";
import type { Manifest } from "./manifest.ts";
import { secretSeeds, startApps } from "./start-apps.ts";
import type { RunningApps } from "./start-apps.ts";
import { startDatabases } from "./start-databases.ts";
import { OPERATOR, startOperator } from "./start-operator.ts";
import type { Operator } from "./start-operator.ts";
import { readSettings } from "./settings.ts";
import type { PlatformSettings } from "./settings.ts";
import { startTelemetry } from "./start-telemetry.ts";

export interface StartPlatformOptions {
  readonly projectDirectory: string;
  /** `process.env`, unless a test says otherwise. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A line of output of one of the parts. */
  readonly log: (line: string) => void;
  /** Named values of the gateway that differ from `environments/local.ts`. */
  readonly namedValues?: Readonly<Record<string, string>>;
  /** App settings that go before those of the platform: for tests. */
  readonly appSettings?: Readonly<Record<string, string>>;
  /** Sees all telemetry that arrives at the collector: for tests. */
  readonly onTelemetry?: (text: string) => void;
}

/** Azure on a laptop, running. */
export interface Platform {
  readonly settings: PlatformSettings;
  readonly gatewayUrl: string;
  /** The function apps' own addresses, by API name. */
  readonly apps: RunningApps;
  readonly vault: KeyVault;
  /** The gateway's subscriptions, with the keys of now. */
  readonly subscriptions: SubscriptionKeys;
  readonly operator: Operator;
  /** Where telemetry can be looked at; absent when it goes elsewhere. */
  readonly telemetryUrl: string | undefined;
  /** Each service's connection string, by API name. */
  readonly databaseUris: Readonly<Record<string, string>>;
  /** Stops everything, what started last first: the resource manager, then the gateway. */
  stop(): Promise<void>;
}

/**
 * Starts the whole platform: the telemetry collector, the databases, the key vault, each function app in a process of its own, the portal, the gateway
 * and the resource manager. When a part cannot start, those that have started are stopped again.
 * @throws with one clear line about the part that cannot start
 */
export async function startPlatform(options: StartPlatformOptions): Promise<Platform> {
  const generatedDirectory = join(options.projectDirectory, "generated");
  const manifest = await readManifest(generatedDirectory);
  const apis = manifest.apis.map(({ name }) => name);
  const settings = readSettings(options.environment, apis);
  const portalDirectory = join(settings.stateDirectory, "portal");
  await mkdir(settings.stateDirectory, { recursive: true, mode: 0o700 });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const telemetry = await startTelemetry(settings, options.onTelemetry);
    stops.push(() => telemetry.close());
    const bundles = buildApps({ projectDirectory: options.projectDirectory });
    // Awaited below; a failure before then must not go unhandled.
    bundles.catch(() => undefined);
    const databases = await startDatabases(apis, settings.mongodbUris, settings.stateDirectory);
    stops.push(() => databases.close());
    const vault = await startKeyVault({
      directory: join(settings.stateDirectory, "key-vault"),
      seed: secretSeeds(manifest, databases.uris),
      grants: {
        ...Object.fromEntries(manifest.identities.map(({ name, secrets }) => [name, [...secrets]])),
        [OPERATOR]: ["*"],
      },
      seedKeys: manifest.identities.flatMap(({ keys }) => keys),
      keyGrants: Object.fromEntries(manifest.identities.map(({ name, keys }) => [name, [...keys]])),
    });
    stops.push(() => vault.close());
    const storage = await startCheckpointStorage(settings.checkpointDirectory, manifest, vault);
    stops.push(() => storage.close());
    await bundles;
    const apps = await startApps({
      manifest,
      projectDirectory: options.projectDirectory,
      generatedDirectory,
      stateDirectory: settings.stateDirectory,
      vault,
      checkpointStorageUrl: storage.url,
      ...(settings.auditUrl !== undefined && { auditUrl: settings.auditUrl }),
      ...(options.appSettings && { appSettings: options.appSettings }),
      replyValidation: settings.replyValidation,
      telemetry: telemetry.appSettings,
      log: options.log,
    });
    stops.push(() => apps.stop());
    const subscriptions = openSubscriptionKeys(
      join(settings.stateDirectory, "gateway/subscriptions.json"),
      localSubscriptions.map(({ id, name, key, product }) => ({ id, name, key, scope: { product } })),
    );
    const gateway = await startGateway({
      ...gatewayOptions(options, generatedDirectory, manifest, vault, apps),
      subscriptions,
      staticMounts: { "/portal": portalDirectory },
      ...telemetry.ofGateway,
      port: settings.gatewayPort,
    });
    stops.push(() => gateway.close());
    await buildPortal({
      generatedDirectory,
      errorsFile: join(options.projectDirectory, "docs/errors.md"),
      outputDirectory: portalDirectory,
      gatewayUrl: gateway.url,
    });
    const operating = await startOperator({
      ...{ manifest, vault, subscriptions, stateDirectory: settings.stateDirectory },
      gatewayUrl: gateway.url,
      appUrls: apps.urls,
    });
    stops.push(() => operating.close());
    return {
      ...{ settings, gatewayUrl: gateway.url, apps, vault, subscriptions, operator: operating.operator },
      telemetryUrl: telemetry.isShown ? `${gateway.url}/telemetry/` : undefined,
      databaseUris: databases.uris,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The container that only apps that sign checkpoints may write to, each blob once. */
function startCheckpointStorage(
  directory: string,
  { identities }: Manifest,
  vault: KeyVault,
): Promise<BlobStorage> {
  const signers = identities.filter(({ keys }) => keys.length > 0).map(({ name }) => name);
  return startBlobStorage({
    directory,
    containers: ["checkpoints"],
    identityOf: (token) => vault.identityOfStorageToken(token),
    grants: { checkpoints: signers },
  });
}

type GatewayOptions = Parameters<typeof startGateway>[0];

function gatewayOptions(
  { namedValues = {} }: StartPlatformOptions,
  generatedDirectory: string,
  manifest: Manifest,
  vault: KeyVault,
  apps: RunningApps,
): Omit<GatewayOptions, "port" | "staticMounts" | "subscriptions" | "mounts" | "diagnostics"> {
  return {
    manifest,
    documentsDirectory: generatedDirectory,
    namedValues: { ...local.namedValues, "key-vault-url": vault.url, ...namedValues },
    backends: backendsOf(manifest, apps),
    identity: { endpoint: vault.identityEndpoint, header: vault.identityHeader("gateway") },
  };
}

/** API Management strips an API's path before it forwards, and function routes are the contract's: backends bear the path. */
function backendsOf({ apis }: Manifest, { urls }: RunningApps): Record<string, string> {
  return Object.fromEntries(
    apis.flatMap(({ name, gateway }) =>
      gateway ? [[gateway.backend, `${urls[name] ?? ""}/${gateway.path}`]] : [],
    ),
  );
}
