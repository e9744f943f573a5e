import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApps } from "../../../generator/build/build-apps.ts";
import { startBlobStorage } from "../../../platform/blob-storage/start-blob-storage.ts";
import { startKeyVault } from "../../../platform/key-vault/start-key-vault.ts";
import { readManifest } from "../../../platform/manifest.ts";
import { secretSeeds } from "../../../platform/start-apps.ts";
import { tcpProxy } from "../proxy/tcp-proxy.ts";
import type { TcpProxy } from "../proxy/tcp-proxy.ts";
import { outageApp } from "./outage-app.ts";
import type { OutageApp } from "./outage-app.ts";
import { outageDatabase } from "./outage-database.ts";
import type { OutageDatabase } from "./outage-database.ts";

export type Api = "patient" | "audit";

export interface StartPartsOptions {
  /** App settings of both apps. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The parts of the platform that an outage may hit, each a process, and the lines between them. */
export interface Parts {
  readonly patient: OutageApp;
  readonly audit: OutageApp;
  readonly data: Readonly<Record<Api, OutageDatabase>>;
  /** From the Patient apps to the register. */
  readonly line: TcpProxy;
  /** What the apps have written. */
  readonly lines: string[];
  /** Starts another process of an app. */
  another(api: Api, settings?: Readonly<Record<string, string>>): Promise<OutageApp>;
  stop(): Promise<void>;
}

/** Starts vault, storage, databases and apps from the real build, without a gateway: whoever calls has the apps' keys. */
export async function startParts({ settings = {} }: StartPartsOptions = {}): Promise<Parts> {
  const projectDirectory = join(import.meta.dirname, "../../..");
  const generatedDirectory = join(projectDirectory, "generated");
  const stateDirectory = await mkdtemp(join(tmpdir(), "specimen-outage-"));
  const stops: (() => Promise<unknown>)[] = [() => rm(stateDirectory, { recursive: true, force: true })];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  const kept = async <Part>(starting: Promise<Part>, end: (part: Part) => Promise<unknown>) => {
    const part = await starting;
    stops.push(() => end(part));
    return part;
  };
  try {
    await buildApps({ projectDirectory });
    const manifest = await readManifest(generatedDirectory);
    const databaseOf = (name: Api) =>
      kept(outageDatabase({ directory: join(stateDirectory, "database", name), name }), (one) => one.close());
    const [patientData, auditData] = await Promise.all([databaseOf("patient"), databaseOf("audit")]);
    const data = { patient: patientData, audit: auditData };
    const line = await kept(tcpProxy(), (one) => one.close());
    const vault = await kept(
      startKeyVault({
        directory: join(stateDirectory, "key-vault"),
        seed: secretSeeds(manifest, { patient: data.patient.line.uri, audit: data.audit.line.uri }),
        grants: Object.fromEntries(manifest.identities.map(({ name, secrets }) => [name, [...secrets]])),
        seedKeys: manifest.identities.flatMap(({ keys }) => keys),
        keyGrants: Object.fromEntries(manifest.identities.map(({ name, keys }) => [name, [...keys]])),
      }),
      (one) => one.close(),
    );
    const storage = await kept(
      startBlobStorage({
        directory: `${stateDirectory}-checkpoints`,
        containers: ["checkpoints"],
        identityOf: (token) => vault.identityOfStorageToken(token),
        grants: {
          checkpoints: manifest.identities.filter(({ keys }) => keys.length > 0).map(({ name }) => name),
        },
      }),
      async (one) => {
        await one.close();
        await rm(`${stateDirectory}-checkpoints`, { recursive: true, force: true });
      },
    );
    const lines: string[] = [];
    const app = (api: Api, more: Readonly<Record<string, string>> = {}) =>
      kept(
        outageApp(api, {
          ...{ manifest, projectDirectory, generatedDirectory, stateDirectory, vault },
          checkpointStorageUrl: storage.url,
          appSettings: { AUDIT_URL: `http://127.0.0.1:${line.port}`, ...settings, ...more },
          log: (text) => lines.push(text),
        }),
        (one) => one.stop(),
      );
    const audit = await app("audit");
    line.to(audit.port);
    const patient = await app("patient");
    return { patient, audit, data, line, lines, another: app, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
