import { ManagedIdentityCredential } from "@azure/identity";
import { trace } from "@opentelemetry/api";
import { flushAzureMonitor, useAzureMonitor } from "applicationinsights";
import type { Measurement } from "../metrics.ts";
import type { SpanRecord } from "../span-record.ts";
import type { ExporterOptions } from "./exporter-messages.ts";
import { instruments } from "./instruments.ts";
import { spanReplayer } from "./replay-span.ts";
import { sendingPolicy } from "./sending-policy.ts";

/** Application Insights' SDK, given what the app has recorded. */
export interface Sdk {
  span(span: SpanRecord): void;
  measure(measurement: Measurement): void;
  /** Sends the spans that there are. @returns whether the collector has taken them */
  send(): Promise<boolean>;
  /** Sends what there is. */
  flush(): Promise<void>;
}

/** What else the SDK would record by itself. */
const OFF = { enabled: false };
const INSTRUMENTATIONS = {
  ...{ http: OFF, azureSdk: OFF, mongoDb: OFF, mySql: OFF, postgreSql: OFF, redis: OFF, redis4: OFF },
  ...{ bunyan: OFF, winston: OFF, console: OFF },
};

/** @param onChange hears when the collector stops taking what is sent, and when it takes it again */
export function startSdk(
  { connectionString, endpoint, identity }: ExporterOptions,
  onChange: (isAway: boolean, reason: string) => void,
): Sdk {
  const replayer = spanReplayer();
  const { policy, isAway } = sendingPolicy(onChange);
  useAzureMonitor({
    azureMonitorExporterOptions: {
      connectionString,
      ...(identity && { credential: new ManagedIdentityCredential(identity) }),
      // From the connection string alone the SDK makes an address with TLS, whatever it says.
      ...(endpoint.startsWith("http:") && { host: endpoint, allowInsecureConnection: true }),
      // What a collector misses while it is away is lost: the disk is not its queue either.
      disableOfflineStorage: true,
      retryOptions: { maxRetries: 1 },
      additionalPolicies: [{ policy, position: "perRetry" }],
    },
    samplingRatio: 1,
    tracesPerSecond: 0,
    enableLiveMetrics: false,
    enableStandardMetrics: false,
    enablePerformanceCounters: false,
    enableAutoCollectExceptions: false,
    enableAutoCollectPerformance: false,
    instrumentationOptions: INSTRUMENTATIONS,
    spanProcessors: [replayer.processor],
  });
  const record = instruments();
  return {
    span: (span) => replayer.replay(span),
    measure: record,
    send: async () => {
      await flushSpans();
      return !isAway();
    },
    flush: flushAzureMonitor,
  };
}

/** The SDK's own `flushAzureMonitor` sends the metrics too. Neither tells whether it could: the sending policy does. */
async function flushSpans(): Promise<void> {
  const proxy = trace.getTracerProvider();
  // The interface stands in front of the SDK's own.
  const provider = hasDelegate(proxy) ? proxy.getDelegate() : proxy;
  if (!isFlushable(provider)) throw new TypeError("The SDK has no provider of spans that can be flushed.");
  await provider.forceFlush().catch(() => undefined);
}

function hasDelegate(provider: object): provider is { getDelegate(): unknown } {
  return "getDelegate" in provider && typeof provider.getDelegate === "function";
}

function isFlushable(provider: unknown): provider is { forceFlush(): Promise<void> } {
  return (
    typeof provider === "object" &&
    provider !== null &&
    "forceFlush" in provider &&
    typeof provider.forceFlush === "function"
  );
}
