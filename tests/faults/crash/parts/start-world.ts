import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { startBlobStorage } from "../../../../platform/blob-storage/start-blob-storage.ts";
import { startKeyVault } from "../../../../platform/key-vault/start-key-vault.ts";
import type { KeyVault } from "../../../../platform/key-vault/start-key-vault.ts";
import { readManifest } from "../../../../platform/manifest.ts";
import { secretSeeds } from "../../../../platform/start-apps.ts";
import type { PublicKey } from "../../../../runtime/ledger/checkpoint.ts";
import { keyVaultSigner } from "../../../../handlers/audit/ledger/key-vault-signer.ts";
import type { TestApps } from "../../failpoints/build-test-apps.ts";
import { Alarms } from "./alarms.ts";
import { AppSlot } from "./app-slot.ts";
import { DatabaseSlot } from "./database-slot.ts";
import { freePort } from "./free-port.ts";

/** The parts of the platform that a trial may kill, each a process of its own, and those that it needs around them. */
export interface World {
  readonly directory: string;
  readonly apps: Readonly<Record<AppName, AppSlot>>;
  readonly databases: Readonly<Record<AppName, DatabaseSlot>>;
  readonly alarms: Alarms;
  /** The Patient app's host key. */
  readonly patientKey: string;
  /** The Audit app's host key. */
  readonly auditKey: string;
  /** What ids of people are hashed with in the register. */
  readonly subjectKey: string;
  /** The key that signs checkpoints, as the vault has it. */
  readonly signingKey: PublicKey;
  /** Where checkpoints are published. */
  readonly published: string;
  readonly interruptedAfterMs: number;
  /** Whether the Audit app has died since the Patient app began: then the latter may go straight to its outbox. */
  registerWasAway: boolean;
  stop(): Promise<void>;
}

export type AppName = "patient" | "audit";

export interface WorldOptions {
  readonly builds: TestApps;
  /** Empty; it stays when the world has stopped. */
  readonly directory: string;
  /** How old an intent must be for the reconciler, in milliseconds. No access may take as long. */
  readonly interruptedAfterMs: number;
  /** How long the register may take before the outbox is used, in milliseconds; the product's 150 unless it is said. */
  readonly auditTimeoutMs?: number;
}

const PROJECT = join(import.meta.dirname, "../../../..");

/** Starts databases, vault, storage and the two apps. The gateway has no part in what is tried here. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { directory, interruptedAfterMs } = options;
  const stops: (() => Promise<void>)[] = [];
  const databases = {
    patient: new DatabaseSlot(join(directory, "database/patient"), "patient"),
    audit: new DatabaseSlot(join(directory, "database/audit"), "audit"),
  };
  stops.push(
    () => databases.patient.stop(),
    () => databases.audit.stop(),
  );
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    await Promise.all([databases.patient.start(), databases.audit.start()]);
    const { vault, storageUrl, published, close } = await startServices(directory, databases);
    stops.push(close);
    const ports = { patient: await freePort(), audit: await freePort() };
    const alarms = new Alarms(join(directory, "apps.log"));
    const slot = (name: AppName, settings: Record<string, string>): AppSlot => {
      const app = appSlot({ ...options, name, settings, vault, alarms, port: ports[name] });
      stops.push(() => app.stop());
      return app;
    };
    const apps = {
      audit: slot("audit", { CHECKPOINT_STORAGE_URL: storageUrl }),
      patient: slot("patient", { AUDIT_URL: `http://127.0.0.1:${ports.audit}` }),
    };
    await Promise.all([apps.audit.start(), apps.patient.start()]);
    return {
      ...{ directory, apps, databases, alarms, published, interruptedAfterMs, stop },
      registerWasAway: false,
      patientKey: vault.secret("patient-host-key"),
      auditKey: vault.secret("audit-host-key"),
      subjectKey: vault.secret("audit-subject-key"),
      signingKey: await signingKeyOf(vault),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startServices(directory: string, databases: World["databases"]) {
  const manifest = await readManifest(join(PROJECT, "generated"));
  const uris = { patient: databases.patient.uri, audit: databases.audit.uri };
  const vault = await startKeyVault({
    directory: join(directory, "key-vault"),
    seed: secretSeeds(manifest, uris),
    grants: Object.fromEntries(manifest.identities.map(({ name, secrets }) => [name, [...secrets]])),
    seedKeys: manifest.identities.flatMap(({ keys }) => keys),
    keyGrants: Object.fromEntries(manifest.identities.map(({ name, keys }) => [name, [...keys]])),
  });
  const storage = await startBlobStorage({
    directory: join(directory, "storage"),
    containers: [CONTAINER],
    identityOf: (token) => vault.identityOfStorageToken(token),
    grants: { [CONTAINER]: ["audit-app"] },
  });
  return {
    vault,
    storageUrl: storage.url,
    published: join(directory, "storage", CONTAINER),
    close: async () => {
      await storage.close();
      await vault.close();
    },
  };
}

const CONTAINER = "checkpoints";

interface AppOptions extends WorldOptions {
  readonly name: AppName;
  readonly settings: Readonly<Record<string, string>>;
  readonly vault: KeyVault;
  readonly alarms: Alarms;
  readonly port: number;
}

function appSlot({
  name,
  builds,
  directory,
  settings,
  vault,
  alarms,
  port,
  ...options
}: AppOptions): AppSlot {
  const masterKey = randomBytes(16).toString("hex");
  const keysFile = join(directory, `${name}-keys.json`);
  const hostKeys = { default: vault.secret(`${name}-host-key`), _master: masterKey };
  mkdirSync(directory, { recursive: true });
  writeFileSync(keysFile, JSON.stringify({ hostKeys, functionKeys: {} }), { mode: 0o600 });
  const bundle = builds.bundle(name);
  return new AppSlot({
    ...{ name, host: builds.host, port, masterKey, onLine: alarms.read },
    environment: {
      ...settings,
      SPECIMEN_APP_BUNDLE: bundle,
      SPECIMEN_APP_HOST_JSON: join(dirname(bundle), "host.json"),
      SPECIMEN_APP_KEYS: keysFile,
      SPECIMEN_APP_PORT: String(port),
      NODE_COMPILE_CACHE: join(dirname(builds.host), "compile-cache"),
      KEY_VAULT_URL: vault.url,
      MONGODB_DATABASE: name,
      DATABASE_TIMEOUT_MS: "1000",
      OUTBOX_TIMEOUT_MS: "1000",
      AUDIT_TIMEOUT_MS: String(options.auditTimeoutMs ?? 150),
      AUDIT_INTERRUPTED_AFTER_MS: String(options.interruptedAfterMs),
      REPLY_VALIDATION: "throw",
      IDENTITY_ENDPOINT: vault.identityEndpoint,
      IDENTITY_HEADER: vault.identityHeader(`${name}-app`),
    },
  });
}

/** As a verifier gets it: from the vault, not from the ledger. */
async function signingKeyOf(vault: KeyVault): Promise<PublicKey> {
  const resource = encodeURIComponent("https://vault.azure.net");
  const signer = keyVaultSigner({
    url: vault.url,
    name: "audit-signing-key",
    token: async () => {
      const answer = await fetch(`${vault.identityEndpoint}?resource=${resource}&api-version=2019-08-01`, {
        headers: { "x-identity-header": vault.identityHeader("audit-app") },
      });
      return ((await answer.json()) as { access_token: string }).access_token;
    },
  });
  return (await signer.current()).key;
}
