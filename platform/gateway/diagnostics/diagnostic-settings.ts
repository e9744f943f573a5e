import { ConfigurationError } from "../configuration/configuration-error.ts";
import type { TelemetryEnvelope } from "./telemetry-envelope.ts";

/**
 * The diagnostic `applicationinsights` of all APIs: what of each request is recorded, and who gets it. Beside these, the settings
 * are fixed: correlation by W3C, operation names as `Name`, no client address, no header, no body, no query.
 *
 * Source: Microsoft Learn, "How to integrate Azure API Management with Azure Application Insights".
 */
export interface DiagnosticOptions {
  /**
   * Gets what one request left, all at once, after its answer has been sent. May not throw, and should put the work off: it is
   * called between requests.
   */
  readonly receive: (envelopes: readonly TelemetryEnvelope[]) => void;
  readonly instrumentationKey: string;
  /** Name of the gateway in the application map. Default `gateway`. */
  readonly roleName?: string;
  /** Percent of the requests, chosen by trace. Default 100. */
  readonly samplingPercentage?: number;
  /** Records requests with an error whatever the percentage. Default true. */
  readonly alwaysLogErrors?: boolean;
  /** Least severity of `trace` policies that are recorded. Default `information`. */
  readonly verbosity?: Verbosity;
}

/** Severity of a `trace` policy. */
export type Verbosity = "verbose" | "information" | "error";

/** {@link DiagnosticOptions} with their defaults. */
export type DiagnosticSettings = Required<DiagnosticOptions>;

/** @throws ConfigurationError for a percentage that is none */
export function readDiagnostics(options: DiagnosticOptions): DiagnosticSettings {
  const { samplingPercentage = 100 } = options;
  if (!(samplingPercentage >= 0 && samplingPercentage <= 100)) {
    const where = `diagnostics samplingPercentage=${samplingPercentage}`;
    throw new ConfigurationError(where, "it is no percentage; expected 0 to 100");
  }
  return {
    receive: options.receive,
    instrumentationKey: options.instrumentationKey,
    roleName: options.roleName ?? "gateway",
    samplingPercentage,
    alwaysLogErrors: options.alwaysLogErrors ?? true,
    verbosity: options.verbosity ?? "information",
  };
}
