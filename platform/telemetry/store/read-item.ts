import { isMembers, type Envelope } from "../envelope.ts";
import { parseTimespan } from "./parse-timespan.ts";
import { readAttributes } from "./read-attributes.ts";
import { readLinks } from "./read-links.ts";
import type { MetricPoint, Span, TelemetryItem } from "./span.ts";

/**
 * Reads what the views show of an envelope.
 *
 * @param ownId the id for an item that has none of its own
 * @returns `undefined` for a type that no view shows
 */
export function readItem(envelope: Envelope, ownId: string): TelemetryItem | undefined {
  const { baseType, baseData } = envelope.data;
  return isMembers(baseData) ? READERS.get(baseType)?.(envelope, baseData, ownId) : undefined;
}

type Members = Readonly<Record<string, unknown>>;
type Reader = (envelope: Envelope, base: Members, ownId: string) => TelemetryItem | undefined;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["RequestData", readRequest],
  ["RemoteDependencyData", readDependency],
  ["ExceptionData", readException],
  ["MessageData", readMessage],
  ["MetricData", readMetric],
]);

function readRequest(envelope: Envelope, base: Members, ownId: string): Span {
  return {
    ...readCommon(envelope, base),
    kind: "request",
    id: text(base.id, ownId),
    name: text(base.name, "(unnamed request)"),
    operation: text(base.name, text(envelope.tags?.["ai.operation.name"])),
    resultCode: text(base.responseCode),
    success: base.success !== false,
    ...duration(base.duration),
    attributes: readAttributes(base, { url: base.url, source: base.source }),
  };
}

function readDependency(envelope: Envelope, base: Members, ownId: string): Span {
  return {
    ...readCommon(envelope, base),
    kind: "dependency",
    id: text(base.id, ownId),
    name: text(base.name, "(unnamed call)"),
    operation: text(envelope.tags?.["ai.operation.name"], text(base.name)),
    type: text(base.type, "other"),
    target: text(base.target),
    resultCode: text(base.resultCode),
    success: base.success !== false,
    ...duration(base.duration),
    attributes: readAttributes(base, { data: base.data }),
  };
}

function readException(envelope: Envelope, base: Members, ownId: string): Span {
  const exception = firstOf(base.exceptions) ?? {};
  const name = text(exception.typeName, "Error");
  return {
    ...readCommon(envelope, base),
    kind: "exception",
    id: ownId,
    name,
    operation: text(envelope.tags?.["ai.operation.name"], name),
    success: false,
    attributes: readAttributes(base, { message: exception.message, stack: exception.stack }),
  };
}

function readMessage(envelope: Envelope, base: Members, ownId: string): Span {
  const name = text(base.message, "(empty message)");
  return {
    ...readCommon(envelope, base),
    kind: "message",
    id: ownId,
    name,
    operation: text(envelope.tags?.["ai.operation.name"], name),
    attributes: readAttributes(base, { severity: severity(base.severityLevel) }),
  };
}

/** A sender puts one metric into an envelope; the list is a remnant. */
function readMetric({ time, tags }: Envelope, base: Members): MetricPoint | undefined {
  const metric = firstOf(base.metrics);
  if (!metric || typeof metric.name !== "string" || typeof metric.value !== "number") return undefined;
  if (metric.name === OTEL_RESOURCE) return undefined;
  return {
    kind: "metric",
    service: text(tags?.["ai.cloud.role"], UNKNOWN),
    name: metric.name,
    value: metric.value,
    count: typeof metric.count === "number" ? metric.count : 1,
    ...(typeof metric.min === "number" && { min: metric.min }),
    ...(typeof metric.max === "number" && { max: metric.max }),
    timeMs: Date.parse(time),
    attributes: readAttributes(base),
  };
}

/** How the SDK tells Azure about the process; it measures nothing. */
const OTEL_RESOURCE = "_OTELRESOURCE_";

const UNKNOWN = "(unknown)";

type Common = Pick<
  Span,
  "parentId" | "traceId" | "service" | "instance" | "startMs" | "sampleRate" | "links"
>;

function readCommon({ time, tags = {}, sampleRate = 100 }: Envelope, base: Members): Common {
  return {
    traceId: text(tags["ai.operation.id"]),
    parentId: text(tags["ai.operation.parentId"]),
    service: text(tags["ai.cloud.role"], UNKNOWN),
    instance: text(tags["ai.cloud.roleInstance"]),
    startMs: Date.parse(time),
    sampleRate,
    links: readLinks(isMembers(base.properties) ? base.properties["_MS.links"] : undefined),
  };
}

function firstOf(list: unknown): Members | undefined {
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isMembers(first) ? first : undefined;
}

function duration(value: unknown): { durationMs?: number } {
  const durationMs = typeof value === "string" ? parseTimespan(value) : undefined;
  return durationMs === undefined ? {} : { durationMs };
}

/** SDKs send the number, the schema says the word. */
function severity(level: unknown): string {
  return typeof level === "number" ? (SEVERITIES[level] ?? "") : text(level);
}

const SEVERITIES = ["Verbose", "Information", "Warning", "Error", "Critical"];

function text(value: unknown, otherwise = ""): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
