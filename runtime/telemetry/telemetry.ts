import { join } from "node:path";
import type { SettingReader } from "../configuration.ts";
import { readAuthenticationString } from "./authentication-string.ts";
import { readConnectionString } from "./connection-string.ts";
import { exporterEnvironment } from "./exporter/exporter-environment.ts";
import { ExporterThread } from "./exporter/exporter-thread.ts";
import type { Log } from "./log.ts";
import type { Meter } from "./metrics.ts";
import { tracer } from "./tracer.ts";
import type { Tracer } from "./tracer.ts";

/** What an app tells of itself while it runs. */
export interface Telemetry {
  /** Whether anything is recorded. */
  readonly isOn: boolean;
  readonly tracer: Tracer;
  readonly meter: Meter;
  /** Sends what there is, for at most two seconds. */
  close(): Promise<void>;
}

/** Beside the app's bundle. */
const EXPORTER = "telemetry.cjs";
const METRICS_INTERVAL_MS = 60_000;

/**
 * Telemetry by the app's settings: `APPLICATIONINSIGHTS_CONNECTION_STRING`, without which nothing is sent, and optionally
 * `APPLICATIONINSIGHTS_AUTHENTICATION_STRING` (as whom), `TELEMETRY_SAMPLING` (1: the share of traces that are sent; failures
 * always are), `TELEMETRY_METRICS_INTERVAL_MS` (60000), `OTEL_SERVICE_NAME` (the cloud role; `WEBSITE_SITE_NAME`, or else the
 * API's name) and `WEBSITE_INSTANCE_ID` (the role's instance).
 * @throws {ConfigurationError}
 */
export function openTelemetry(settings: SettingReader, service: string, log: Log): Telemetry {
  const ratio = settings.share("TELEMETRY_SAMPLING", 1);
  const intervalMs = settings.integer("TELEMETRY_METRICS_INTERVAL_MS", METRICS_INTERVAL_MS, 100);
  const connectionString = settings.optional("APPLICATIONINSIGHTS_CONNECTION_STRING");
  if (connectionString === undefined) return noTelemetry;
  const authentication = settings.optional("APPLICATIONINSIGHTS_AUTHENTICATION_STRING");
  const exporter = new ExporterThread({
    file: join(import.meta.dirname, EXPORTER),
    ...readConnectionString(connectionString),
    ...(authentication !== undefined && { identity: readAuthenticationString(authentication) }),
    environment: exporterEnvironment(
      {
        name: settings.optional("OTEL_SERVICE_NAME") ?? settings.optional("WEBSITE_SITE_NAME") ?? service,
        instance: settings.optional("WEBSITE_INSTANCE_ID") ?? String(process.pid),
        intervalMs,
      },
      settings,
    ),
    log,
  });
  return {
    isOn: true,
    tracer: tracer({ ratio, add: (spans) => exporter.add(spans) }),
    meter: {
      record: (name, value, dimensions = {}) => exporter.measure({ name, value, dimensions }),
    },
    close: () => exporter.close(),
  };
}

/** Spans have ids, and nothing is recorded. */
export const noTelemetry: Telemetry = {
  isOn: false,
  tracer: tracer(),
  meter: { record: () => undefined },
  close: () => Promise.resolve(),
};
