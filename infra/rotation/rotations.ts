import type { Manifest, ManifestApi } from "../manifest.ts";
import { gatewayKeys, hostKeys } from "./app-keys.ts";
import { azureRest } from "./azure-rest.ts";
import { databaseKeys } from "./database-keys.ts";
import { firstValueOnly } from "./first-value.ts";
import { rotateKeyRing } from "./key-ring.ts";
import { rotateSigningKey } from "./signing-key.ts";
import type { Rotation, RotationTools } from "./step.ts";
import { listSubscriptions, subscriptionKeys } from "./subscription-keys.ts";
import type { Target } from "./target.ts";
import { twoSlots } from "./two-slots.ts";
import type { TwoSlots } from "./two-slots.ts";
import { vaultOf } from "./vault.ts";

export interface RotationsOptions {
  readonly manifest: Manifest;
  readonly target: Target;
  /** `--grace`: how long whoever was given something has to change over, in seconds; the kind's own when absent. */
  readonly graceSeconds?: number;
  /** `--reader-seconds`: how long readers go on with what they have read; the target's own when absent. */
  readonly readerSeconds?: number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  readonly now?: () => number;
}

/** An app connects anew when it has read a new connection string, and ends the old connections a little later. */
const CONNECTION_SECONDS = 90;
/** A client that follows a list has this long for its next page, in seconds. */
const CURSOR_SECONDS = 600;

/**
 * Everything of an environment that is rotated: what the manifest's identities read and sign with, the apps' own keys, and the
 * subscriptions that there are. In this order, which is that of a first deployment: what an app needs to answer at all comes before the keys that are tried by asking it.
 */
export async function rotationsOf(options: RotationsOptions): Promise<readonly Rotation[]> {
  const { manifest, target, wait, graceSeconds, now = Date.now } = options;
  const vault = vaultOf(azureRest({ url: target.vaultUrl, scope: VAULT, credential: target.credential }));
  const resourceManager = azureRest({
    url: target.resourceManagerUrl,
    scope: RESOURCE_MANAGER,
    credential: target.credential,
  });
  const tools = (readers: number, handOver: number | undefined): RotationTools => ({
    ...{ vault, wait, now },
    waits: { readers, handOver: graceSeconds ?? handOver },
  });
  const readerSeconds = options.readerSeconds ?? target.readerSeconds;
  const slots = <Slot extends string>(service: TwoSlots<Slot>, handOver: number | undefined) =>
    twoSlots(service, tools(target.keySeconds, handOver));

  const ofApp = (api: ManifestApi): Rotation[] => {
    const key = api.gateway?.backendKey;
    return [
      slots(hostKeys(api, target, resourceManager), 0),
      ...(key?.kind === "function" ? [slots(gatewayKeys(api, key.secret, target, resourceManager), 0)] : []),
    ];
  };
  const ofDatabase = ({ name }: ManifestApi): Rotation[] => {
    const account = target.databaseAccount(name);
    return account === undefined
      ? []
      : [
          twoSlots(
            databaseKeys(name, account, target, resourceManager),
            tools(readerSeconds, CONNECTION_SECONDS),
          ),
        ];
  };
  const secrets = [...new Set(manifest.identities.flatMap((identity) => identity.secrets))];
  const subscriptions = await listSubscriptions(target, resourceManager);
  return [
    ...manifest.apis.flatMap(ofDatabase),
    ...secrets
      .filter((name) => name.endsWith("-hash-key"))
      .map((name) => rotateKeyRing(name, tools(readerSeconds, CURSOR_SECONDS))),
    ...secrets.filter((name) => name.endsWith("-subject-key")).map((name) => firstValueOnly(name, { vault })),
    ...manifest.apis.flatMap(ofApp),
    ...manifest.identities
      .flatMap(({ keys }) => keys)
      .map((name) =>
        rotateSigningKey({
          ...tools(readerSeconds, 0),
          name,
          signsNow: () => signsNow(manifest, target, vault),
        }),
      ),
    ...subscriptions.map((one) => slots(subscriptionKeys(one, manifest, target, resourceManager), undefined)),
  ];
}

const VAULT = "https://vault.azure.net/.default";
const RESOURCE_MANAGER = "https://management.azure.com/.default";

/** The public key of the register's latest checkpoint, asked of the app whose identity signs. */
async function signsNow(
  { apis, identities }: Manifest,
  { app }: Target,
  vault: ReturnType<typeof vaultOf>,
): Promise<{ x: string; y: string } | undefined> {
  const signer = identities.find(({ keys }) => keys.length > 0)?.name;
  const api = apis.find(({ app: { identity } }) => identity === signer);
  const latest = api?.operations.find(({ operationId }) => operationId === "getLatestCheckpoint");
  if (!api || !latest) throw new Error("No API of the manifest tells its latest checkpoint.");
  const key = (await vault.secret(`${api.name}-host-key`))?.value ?? "";
  try {
    const answer = await fetch(`${app(api.name).url}${latest.path}`, {
      headers: { "x-functions-key": key },
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) return undefined;
    const { key: signing } = (await answer.json()) as { key: { x: string; y: string } };
    return signing;
  } catch {
    // Not now; whoever waits for a checkpoint asks again. The message may quote the key.
    return undefined;
  }
}
