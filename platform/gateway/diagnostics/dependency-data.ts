import { METHODS } from "node:http";
import type { RecordedCall } from "./recorded-call.ts";
import type { TelemetryData } from "./telemetry-envelope.ts";
import { timespan } from "./timespan.ts";

/**
 * A call of the gateway's: what was called by origin and template, never the path or the query as they were. A call without an
 * answer has the result code 0, as the backend's code has in the gateway's resource logs.
 *
 * @param end milliseconds since the epoch, for a call that has not ended
 */
export function dependencyData(call: RecordedCall, end: number): TelemetryData {
  const { origin } = call.address;
  const target = origin.slice(origin.indexOf("//") + 2);
  return {
    baseType: "RemoteDependencyData",
    baseData: {
      ver: 2,
      id: call.id,
      name: `${methodOf(call)} ${call.path || target}`,
      duration: timespan(call.duration ?? end - call.startedAt),
      success: call.status !== null && call.status < 400,
      resultCode: String(call.status ?? 0),
      type: "HTTP",
      target,
      data: `${origin}${call.path}`,
    },
  };
}

const methods: ReadonlySet<string> = new Set(METHODS);

/** An expression may have made the method of whatever a client sent. */
function methodOf({ method }: RecordedCall): string {
  return methods.has(method) ? method : "OTHER";
}
