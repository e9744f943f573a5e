import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startApps } from "../../../platform/start-apps.ts";
import type { StartAppsOptions } from "../../../platform/start-apps.ts";

/** One process of a function app. */
export interface OutageApp {
  readonly url: string;
  readonly port: number;
  /** Opens all its functions. */
  readonly key: string;
  /** Undefined between two processes. */
  processId(): number | undefined;
  /** Starts a job now, beside its schedule. */
  run(job: string): Promise<void>;
  stop(): Promise<void>;
}

const MASTER_KEY = "outage-master-key";

/** @param api of the manifest; may be started more than once */
export async function outageApp(api: string, options: StartAppsOptions): Promise<OutageApp> {
  const { manifest, stateDirectory, vault } = options;
  const apps = await startApps({
    ...options,
    manifest: { ...manifest, apis: manifest.apis.filter(({ name }) => name === api) },
  });
  await addMasterKey(join(stateDirectory, "apps", api, "keys.json"));
  const url = apps.urls[api] ?? "";
  return {
    url,
    port: Number(new URL(url).port),
    key: vault.secret(`${api}-host-key`),
    processId: () => apps.processIds()[api],
    async run(job) {
      const { status } = await fetch(`${url}/admin/functions/${job}`, {
        method: "POST",
        headers: { "x-functions-key": MASTER_KEY, "content-type": "application/json" },
        body: "{}",
      });
      if (status !== 202) throw new Error(`${api} does not run ${job}: it answered ${status}.`);
    },
    stop: () => apps.stop(),
  };
}

/** The host sees a key that was added when somebody presents it. */
async function addMasterKey(file: string): Promise<void> {
  const keys = JSON.parse(await readFile(file, "utf8")) as { hostKeys: Record<string, string> };
  keys.hostKeys._master = MASTER_KEY;
  await writeFile(file, JSON.stringify(keys), { mode: 0o600 });
}
