import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ManagedIdentityCredential } from "@azure/identity";
import type { Target } from "./target.ts";

/** What the local platform writes for its operator while it runs. */
interface OperatorFile {
  readonly gatewayUrl: string;
  readonly vaultUrl: string;
  readonly resourceManagerUrl: string;
  readonly identityEndpoint: string;
  readonly identityHeader: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly service: string;
  readonly apps: Readonly<Record<string, { readonly url: string; readonly site: string }>>;
}

/**
 * The local platform, as it says itself in `operator.json` of its state folder.
 * @throws when there is none: no platform runs on that folder
 */
export async function localTarget(stateDirectory: string): Promise<Target> {
  const file = join(stateDirectory, "operator.json");
  const text = await readFile(file, "utf8").catch(() => {
    throw new Error(
      `${file} is missing: no platform runs there. Start it (npm start), or name its SPECIMEN_STATE_DIR.`,
    );
  });
  const operator = readOperator(file, text);
  // The credential reads these, as it would in App Service.
  process.env.IDENTITY_ENDPOINT = operator.identityEndpoint;
  process.env.IDENTITY_HEADER = operator.identityHeader;
  return {
    name: "local",
    credential: new ManagedIdentityCredential(),
    resourceManagerUrl: operator.resourceManagerUrl,
    vaultUrl: operator.vaultUrl,
    gatewayUrl: operator.gatewayUrl,
    resourceGroup: `/subscriptions/${operator.subscriptionId}/resourceGroups/${operator.resourceGroup}`,
    apiManagement: operator.service,
    app(api) {
      const app = operator.apps[api];
      if (!app) throw new Error(`${file} has no app ${api}.`);
      return app;
    },
    databaseAccount: () => undefined,
    readerSeconds: 35,
    // Each app is one process: a key that is refused is refused for good, and read again.
    keySeconds: 0,
  };
}

/** The parser's message would quote the file, which holds what signs in. */
function readOperator(file: string, text: string): OperatorFile {
  try {
    return JSON.parse(text) as OperatorFile;
  } catch {
    throw new Error(`${file} is not what the platform writes; start the platform again.`);
  }
}
