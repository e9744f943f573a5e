import type { startGateway } from "./gateway/start-gateway.ts";
import type { PlatformSettings } from "./settings.ts";
import { countableRatio } from "../runtime/telemetry/sampling.ts";
import { startCollector } from "./telemetry/start-collector.ts";

/** Where what the platform tells of itself goes. */
export interface RunningTelemetry {
  /** Whether it can be looked at here. */
  readonly isShown: boolean;
  /** Settings of the apps. */
  readonly appSettings: Readonly<Record<string, string>>;
  /** What the gateway is told: where its own goes, and which pages it serves. */
  readonly ofGateway: Pick<Parameters<typeof startGateway>[0], "diagnostics" | "mounts">;
  close(): Promise<void>;
}

/** On a laptop somebody is waiting to see it. */
const METRICS_INTERVAL_MS = 5_000;

/**
 * Starts the collector, unless telemetry goes elsewhere, or nowhere.
 * @param onArrival sees everything that arrives there: for tests
 */
export async function startTelemetry(
  settings: Pick<PlatformSettings, "telemetry" | "telemetrySampling" | "logLevel">,
  onArrival?: (text: string) => void,
): Promise<RunningTelemetry> {
  const { telemetry, telemetrySampling, logLevel } = settings;
  const common = { LOG_LEVEL: logLevel, TELEMETRY_SAMPLING: telemetrySampling };
  if (telemetry !== "local") {
    const connection = telemetry === "off" ? {} : toResource(telemetry.connectionString);
    const appSettings = { ...common, ...connection };
    return { isShown: false, appSettings, ofGateway: {}, close: () => Promise.resolve() };
  }
  const collector = await startCollector(onArrival ? { onArrival } : {});
  return {
    isShown: true,
    appSettings: {
      ...common,
      ...toResource(collector.connectionString),
      TELEMETRY_METRICS_INTERVAL_MS: String(METRICS_INTERVAL_MS),
    },
    ofGateway: {
      diagnostics: {
        receive: (envelopes) => collector.receive(envelopes),
        instrumentationKey: collector.instrumentationKey,
        samplingPercentage: countableRatio(Number(telemetrySampling)) * 100,
      },
      mounts: { "/telemetry": (path, request, response) => collector.serve(path, request, response) },
    },
    close: () => collector.close(),
  };
}

function toResource(connectionString: string): Record<string, string> {
  return { APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString };
}
