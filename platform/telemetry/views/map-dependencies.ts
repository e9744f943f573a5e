import { isSpan } from "../store/is-span.ts";
import type { Span, TelemetryItem } from "../store/span.ts";

/** Who calls whom. */
export interface DependencyMap {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

export interface MapNode extends MapLoad {
  /** A service's name, or `type|target`. */
  readonly id: string;
  readonly kind: "service" | "external";
  readonly label: string;
  /** Of what is no service: `mongodb`, `HTTP`… */
  readonly type?: string;
}

export interface MapEdge extends MapLoad {
  readonly from: string;
  readonly to: string;
}

/** Of a service: the requests that it served. Of anything else: the calls that went to it. */
export interface MapLoad {
  /** How many calls there were, given that some were sampled out. */
  readonly calls: number;
  readonly failures: number;
  readonly averageMs: number;
}

/**
 * Maps calls to what they led to: a service, when a request of it has the call as its parent, or when that is so of all
 * other calls to the same target (a call that was refused, or is still under way, has no request); else the target that
 * the call names. What a service only did within itself (`InProc`) leads nowhere.
 */
export function mapDependencies(items: readonly TelemetryItem[]): DependencyMap {
  const spans = items.filter(isSpan);
  const nodes = new Map<string, Place>();
  const edges = new Map<string, Way>();
  for (const { service } of spans) addService(nodes, service);
  for (const span of spans) if (span.kind === "request") count(addService(nodes, span.service), span);
  for (const { span, to } of findCalls(spans)) {
    if (!("service" in to)) count(addExternal(nodes, to), span);
    const id = "service" in to ? to.service : idOf(to);
    count(addEdge(edges, span.service, id), span);
  }
  for (const { from, request } of findUnreportedCalls(spans))
    count(addEdge(edges, from, request.service), request);
  return { nodes: [...nodes.values()].map(toNode), edges: [...edges.values()].map(toEdge) };
}

interface Load {
  calls: number;
  failures: number;
  totalMs: number;
}

interface Place extends Load, Pick<MapNode, "id" | "kind" | "label" | "type"> {}

interface Way extends Load, Pick<MapEdge, "from" | "to"> {}

interface External {
  readonly type: string;
  readonly target: string;
}

interface Call {
  readonly span: Span;
  readonly to: External | { readonly service: string };
}

const IN_PROCESS: ReadonlySet<string> = new Set(["InProc", "Internal"]);

function findCalls(spans: readonly Span[]): Call[] {
  const served = new Map<string, string>();
  for (const { kind, traceId, parentId, service } of spans)
    if (kind === "request" && parentId !== "") served.set(keyOf(traceId, parentId), service);
  const calls = spans.filter(({ kind, type = "" }) => kind === "dependency" && !IN_PROCESS.has(type));
  const found = calls.map((span) => {
    const service = served.get(keyOf(span.traceId, span.id));
    return { span, service: service === span.service ? undefined : service };
  });
  const known = servicesOfTargets(found);
  return found.map(({ span, service }) => {
    const to = { type: span.type ?? "", target: span.target ?? "" };
    const meant = service ?? known.get(idOf(to));
    return { span, to: meant === undefined || meant === span.service ? to : { service: meant } };
  });
}

/** The targets behind which, of all calls that led to a service, was the same one. */
function servicesOfTargets(
  found: readonly { span: Span; service: string | undefined }[],
): Map<string, string> {
  const known = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { span, service } of found) {
    if (service === undefined || !span.target) continue;
    const id = idOf({ type: span.type ?? "", target: span.target });
    if ((known.get(id) ?? service) !== service) ambiguous.add(id);
    known.set(id, service);
  }
  for (const id of ambiguous) known.delete(id);
  return known;
}

/** A gateway may report its requests only; then one of them is the parent of another service's request. */
function findUnreportedCalls(spans: readonly Span[]): { from: string; request: Span }[] {
  const requests = spans.filter(({ kind }) => kind === "request");
  const byId = new Map(requests.map(({ traceId, id, service }) => [keyOf(traceId, id), service]));
  return requests.flatMap((request) => {
    const from = byId.get(keyOf(request.traceId, request.parentId));
    return from === undefined || from === request.service ? [] : [{ from, request }];
  });
}

function keyOf(traceId: string, spanId: string): string {
  return `${traceId} ${spanId}`;
}

function idOf({ type, target }: External): string {
  return `${type}|${target}`;
}

function addService(nodes: Map<string, Place>, service: string): Place {
  return getOrAdd(nodes, service, () => ({ id: service, kind: "service", label: service, ...NO_LOAD }));
}

function addExternal(nodes: Map<string, Place>, to: External): Place {
  const label = to.target || to.type;
  return getOrAdd(nodes, idOf(to), () => ({
    id: idOf(to),
    kind: "external",
    label,
    type: to.type,
    ...NO_LOAD,
  }));
}

function addEdge(edges: Map<string, Way>, from: string, to: string): Way {
  return getOrAdd(edges, JSON.stringify([from, to]), () => ({ from, to, ...NO_LOAD }));
}

const NO_LOAD: Readonly<Load> = { calls: 0, failures: 0, totalMs: 0 };

function getOrAdd<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

function count(load: Load, { sampleRate, success, durationMs = 0 }: Span): void {
  const weight = 100 / sampleRate;
  load.calls += weight;
  if (success === false) load.failures += weight;
  load.totalMs += weight * durationMs;
}

function toNode({ id, kind, label, type, ...load }: Place): MapNode {
  return { id, kind, label, ...(type !== undefined && { type }), ...toLoad(load) };
}

function toEdge({ from, to, ...load }: Way): MapEdge {
  return { from, to, ...toLoad(load) };
}

function toLoad({ calls, failures, totalMs }: Load): MapLoad {
  return {
    calls: Math.round(calls),
    failures: Math.round(failures),
    averageMs: calls === 0 ? 0 : Math.round((totalMs / calls) * 1000) / 1000,
  };
}
