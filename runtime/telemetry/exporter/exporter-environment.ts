import type { SettingReader } from "../../configuration.ts";

export interface ExporterRole {
  /** The cloud role: by which name Application Insights knows the app. */
  readonly name: string;
  /** Which of the role's instances. */
  readonly instance: string;
  /** How often metrics are sent, in milliseconds. */
  readonly intervalMs: number;
}

/** Without these an identity cannot be proved; they are App Service's. */
const OF_THE_IDENTITY = ["IDENTITY_ENDPOINT", "IDENTITY_HEADER"];

/** What the SDK is given is sent at once; it must have room for all that waits when the app ends. In spans and milliseconds. */
const SENDING = {
  OTEL_BSP_SCHEDULE_DELAY: "60000",
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: "512",
  OTEL_BSP_MAX_QUEUE_SIZE: "16384",
  // Longer than two tries.
  OTEL_BSP_EXPORT_TIMEOUT: "30000",
};

/** The SDK speaks to the collector, and to nobody about itself or the machine that it runs on. */
const QUIET = {
  APPLICATION_INSIGHTS_NO_STATSBEAT: "true",
  APPLICATIONINSIGHTS_STATSBEAT_DISABLED: "true",
  APPLICATIONINSIGHTS_SDKSTATS_DISABLED: "true",
  APPLICATIONINSIGHTS_OPENTELEMETRY_RESOURCE_METRIC_DISABLED: "true",
  OTEL_NODE_RESOURCE_DETECTORS: "none",
  // Without the marks of a function app it asks the machine's metadata service where it is.
  FUNCTIONS_EXTENSION_VERSION: "~4",
  FUNCTIONS_WORKER_RUNTIME: "node",
  // Which traces are recorded has been decided when they arrive here.
  OTEL_TRACES_SAMPLER: "always_on",
};

/** The environment of the exporter's thread: nothing of the app's but what is named here. */
export function exporterEnvironment(
  { name, instance, intervalMs }: ExporterRole,
  settings: SettingReader,
): Record<string, string> {
  const identity = OF_THE_IDENTITY.flatMap((setting) => {
    const value = settings.optional(setting);
    return value === undefined ? [] : [[setting, value] as const];
  });
  return {
    ...QUIET,
    ...SENDING,
    ...Object.fromEntries(identity),
    WEBSITE_SITE_NAME: name,
    OTEL_SERVICE_NAME: name,
    OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${encodeURIComponent(instance)}`,
    OTEL_METRIC_EXPORT_INTERVAL: String(intervalMs),
  };
}
