import type { RecordedRequest } from "./recorded-request.ts";
import type { TelemetryData } from "./telemetry-envelope.ts";

/**
 * What went wrong with a request: the reason and the source of the error, or the status that the backend or a policy answered
 * with. API Management gives `LastError.Message` too, in which a header's value or the text of an expression may stand.
 */
export function exceptionData({ failure, status }: RecordedRequest): TelemetryData {
  const typeName = failure?.reason ?? String(status);
  const message = failure ? `${failure.reason} at ${failure.source}` : `answered with ${status}`;
  return {
    baseType: "ExceptionData",
    baseData: { ver: 2, exceptions: [{ typeName, message, hasFullStack: false }] },
  };
}
