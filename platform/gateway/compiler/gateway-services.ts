import type { BackendAddress } from "../backends/backend-address.ts";
import type { BackendPools } from "../backends/backend-pools.ts";
import type { ManagedIdentity } from "../backends/managed-identity.ts";
import type { GatewayRuntime } from "../gateway-runtime.ts";
import type { ValueCache } from "../pipeline/value-cache.ts";

/** What policies of all documents share: one set for each gateway. */
export interface GatewayServices {
  readonly runtime: GatewayRuntime;
  /** The built-in cache of the `cache-*-value` policies. */
  readonly cache: ValueCache;
  readonly pools: BackendPools;
  /** Backend resources by id. */
  readonly backends: ReadonlyMap<string, BackendAddress>;
  readonly identity: ManagedIdentity;
  /** Receives what the `trace` policy writes. */
  trace(event: TraceEvent): void;
  /** Receives what is doubtful in a document but runs all the same, as `file:line: text`. */
  warn(message: string): void;
}

/** What the `trace` policy writes. */
export interface TraceEvent {
  readonly source: string;
  readonly severity: string;
  readonly requestId: string;
  readonly message: string;
  readonly metadata: Readonly<Record<string, string>>;
}
