import { parseBackends } from "./backends/backend-address.ts";
import { BackendPools } from "./backends/backend-pools.ts";
import { ManagedIdentity } from "./backends/managed-identity.ts";
import type { IdentityEndpoint } from "./backends/managed-identity.ts";
import type { GatewayManifest, GatewaySubscription } from "./configuration/gateway-manifest.ts";
import { loadGateway } from "./configuration/load-gateway.ts";
import type { LoadedGateway } from "./configuration/loaded-gateway.ts";
import { ConfigurationError } from "./configuration/configuration-error.ts";
import { segmentsOf } from "./configuration/load-api.ts";
import { readDiagnostics } from "./diagnostics/diagnostic-settings.ts";
import type { DiagnosticOptions } from "./diagnostics/diagnostic-settings.ts";
import { systemRuntime } from "./gateway-runtime.ts";
import type { GatewayRuntime } from "./gateway-runtime.ts";
import type { RequestEvent } from "./http/request-event.ts";
import { listen } from "./http/listen.ts";
import { mountsOf } from "./http/mount.ts";
import type { Mount, MountOptions } from "./http/mount.ts";
import type { ListeningGateway } from "./http/listen.ts";
import { ValueCache } from "./pipeline/value-cache.ts";
import type { GatewayServices, TraceEvent } from "./compiler/gateway-services.ts";
import { SubscriptionKeys } from "./subscriptions/subscription-keys.ts";

/** What the gateway runs on. */
export interface GatewayOptions extends MountOptions {
  readonly manifest: GatewayManifest;
  /** Where the manifest's paths begin: `generated/`. */
  readonly documentsDirectory: string;
  readonly namedValues: Readonly<Record<string, string>>;
  /** Base URL of each backend resource: what stands in front of an operation's path, so `http://127.0.0.1:7071/patient`. */
  readonly backends: Readonly<Record<string, string>>;
  /** A list, or keys that may change while the gateway runs. */
  readonly subscriptions: readonly GatewaySubscription[] | SubscriptionKeys;
  readonly identity: IdentityEndpoint;
  /** 0 for any free one. */
  readonly port: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Ids and codes; no address, query, header or body ever. */
  readonly log?: (event: GatewayEvent) => void;
  /** What Application Insights would get. Absent: nothing is recorded. */
  readonly diagnostics?: DiagnosticOptions;
  /** Default: the machine's. */
  readonly runtime?: GatewayRuntime;
}

/** What the gateway logs: one for each request, what `trace` policies write, and what is doubtful in a document. */
export type GatewayEvent =
  | RequestEvent
  | ({ readonly type: "trace" } & TraceEvent)
  | { readonly type: "warning"; readonly message: string };

/**
 * Starts the local API Management gateway: reads and compiles every policy document, then listens.
 *
 * @returns its address; `close` lets the requests under way finish, and then lets go of the port
 * @throws ConfigurationError for whatever the gateway cannot execute, a setting that is missing, or a port that is taken
 *
 * Source: Microsoft Learn, "Azure API Management gateway overview"; the policies name their own pages.
 */
export async function startGateway(options: GatewayOptions): Promise<ListeningGateway> {
  const runtime = options.runtime ?? systemRuntime;
  const pools = new BackendPools();
  const services: GatewayServices = {
    runtime,
    pools,
    cache: new ValueCache(() => runtime.now()),
    backends: parseBackends(options.backends),
    identity: new ManagedIdentity(options.identity, pools, runtime),
    trace: (event) => options.log?.({ type: "trace", ...event }),
    warn: (message) => options.log?.({ type: "warning", message }),
  };
  const gateway = await loadGateway(options, services);
  const mounts = mountsOf(options);
  for (const mount of mounts) refuseOverlap(mount, gateway);
  const { subscriptions } = options;
  const keys =
    subscriptions instanceof SubscriptionKeys ? subscriptions : new SubscriptionKeys(subscriptions);
  return listen({
    host: options.host ?? "127.0.0.1",
    port: options.port,
    mounts,
    pools,
    diagnostics: options.diagnostics ? readDiagnostics(options.diagnostics) : null,
    parts: { gateway, keys, runtime, log: options.log ?? null },
  });
}

function refuseOverlap({ prefix }: Mount, { apis }: LoadedGateway): void {
  const api = apis.find(segmentsOf(prefix));
  if (api) throw new ConfigurationError(`mount ${prefix}`, `its path belongs to the API ${api.info.id}`);
}
