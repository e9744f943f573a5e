import type { DiagnosticSettings } from "./diagnostic-settings.ts";
import { dependencyData } from "./dependency-data.ts";
import { exceptionData } from "./exception-data.ts";
import { messageData } from "./message-data.ts";
import { isError } from "./recorded-request.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import { operationName, requestData } from "./request-data.ts";
import { samplingScore } from "./sampling-score.ts";
import type { TelemetryData, TelemetryEnvelope } from "./telemetry-envelope.ts";

/**
 * The telemetry of one request: the request itself, then what happened inside it. What `trace` policies write is not sampled.
 *
 * @param origin of the gateway: `http://127.0.0.1:8080`
 */
export function envelopesOf(
  request: RecordedRequest,
  settings: DiagnosticSettings,
  origin: string,
): TelemetryEnvelope[] {
  const { span } = request;
  const name = operationName(request);
  const wrap = (time: number, parentId: string | null, sampleRate: number, data: TelemetryData) => ({
    ver: 1 as const,
    name: `Microsoft.ApplicationInsights.${data.baseType.replace(/Data$/, "")}`,
    time: new Date(time).toISOString(),
    sampleRate,
    iKey: settings.instrumentationKey,
    tags: {
      "ai.cloud.role": settings.roleName,
      "ai.cloud.roleInstance": "local",
      "ai.operation.id": span.traceId,
      ...(parentId !== null && { "ai.operation.parentId": parentId }),
      "ai.operation.name": name,
    },
    data,
  });
  const inside = (time: number, rate: number, data: TelemetryData) => wrap(time, span.spanId, rate, data);
  const messages = request.messages.map((message) => inside(message.time, 100, messageData(message)));
  const rate = sampleRateOf(request, settings);
  if (rate === null) return messages;
  const end = request.startedAt + request.duration;
  return [
    wrap(request.startedAt, span.parentId, rate, requestData(request, name, origin)),
    ...request.calls.map((call) => inside(call.startedAt, rate, dependencyData(call, end))),
    ...messages,
    ...(isError(request) ? [inside(end, rate, exceptionData(request))] : []),
  ];
}

/** Percent that the request stands for; null when it is left out. */
function sampleRateOf(request: RecordedRequest, settings: DiagnosticSettings): number | null {
  const { samplingPercentage, alwaysLogErrors } = settings;
  if (samplingPercentage === 100 || (alwaysLogErrors && isError(request))) return 100;
  return samplingScore(request.span.traceId) < samplingPercentage ? samplingPercentage : null;
}
