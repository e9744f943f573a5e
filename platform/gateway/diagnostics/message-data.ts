import type { RecordedMessage } from "./recording.ts";
import { severityLevels } from "./severity-levels.ts";
import type { TelemetryData } from "./telemetry-envelope.ts";

/** What a `trace` policy wrote. Its text is the policy author's: what of a request it may tell is theirs to decide. */
export function messageData({ source, severity, message, metadata }: RecordedMessage): TelemetryData {
  return {
    baseType: "MessageData",
    baseData: {
      ver: 2,
      message,
      severityLevel: severityLevels[severity] ?? 0,
      properties: { ...metadata, source },
    },
  };
}
