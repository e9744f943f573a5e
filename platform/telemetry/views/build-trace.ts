import { isSpan } from "../store/is-span.ts";
import type { Span, TelemetryItem } from "../store/span.ts";

/** A span with what happened within it, in start order. */
export interface SpanNode extends Span {
  readonly children: SpanNode[];
}

/** A tree of a trace. */
export interface TraceRoot extends SpanNode {
  /** The platform's id of the request, where a span of the tree tells it. */
  readonly requestId?: string;
}

/** A span of another trace that names one of this trace as what it was made for. */
export interface IncomingLink {
  /** The span of this trace. */
  readonly spanId: string;
  readonly from: Pick<Span, "traceId" | "id" | "service" | "name" | "startMs">;
}

/** All that is known of a trace. */
export interface Trace {
  readonly traceId: string;
  /** In start order. A client may use a trace id again; then there are several. */
  readonly roots: readonly TraceRoot[];
  readonly linkedFrom: readonly IncomingLink[];
  /** How many spans `roots` hold. */
  readonly spans: number;
  /** How many spans were left out, the oldest trees first, because the trace is too long to show. */
  readonly omitted: number;
}

/**
 * Builds the trees of a trace. A span whose parent is unknown is a root; so is the first of a circle.
 *
 * @returns `undefined` when nothing is known of the trace
 */
export function buildTrace(items: readonly TelemetryItem[], traceId: string): Trace | undefined {
  const spans = distinct(items.filter(isSpan).filter((span) => span.traceId === traceId));
  if (spans.length === 0) return undefined;
  const trees = plant(spans);
  const roots = newestTrees(trees);
  const shown = roots.reduce((sum, root) => sum + sizeOf(root), 0);
  return {
    traceId,
    roots: roots.map(withRequestId),
    linkedFrom: linksTo(items, traceId),
    spans: shown,
    omitted: spans.length - shown,
  };
}

/** More spans than this nobody reads, and no browser likes. */
const MAX_SPANS = 2000;

/** Deeper spans are shown beside their parents: what is nested in an answer must be within the reach of a stack. */
const MAX_DEPTH = 100;

const MAX_LINKS = 200;

/** In start order, without what an SDK has sent twice because it missed the first answer. */
function distinct(spans: readonly Span[]): Span[] {
  const known = new Map<string, Span>();
  for (const span of spans) {
    const key = `${span.kind} ${span.id}`;
    if (!known.has(key)) known.set(key, span);
  }
  return [...known.values()].sort((a, b) => a.startMs - b.startMs || longer(a, b));
}

/** Of spans that begin in the same millisecond, the one that lasts longer is likelier the outer one. */
function longer(a: Span, b: Span): number {
  return (b.durationMs ?? -1) - (a.durationMs ?? -1);
}

class Planted {
  readonly node: SpanNode;
  /** What it is shown under; nothing for a root. */
  anchor: Planted | undefined;
  depth = 0;
  state: "new" | "on-path" | "done" = "new";

  constructor(span: Span) {
    this.node = { ...span, children: [] };
  }
}

function plant(spans: readonly Span[]): SpanNode[] {
  const all = spans.map((span) => new Planted(span));
  const byId = new Map<string, Planted>();
  for (const one of all) {
    const { id, kind } = one.node;
    if (kind !== "exception" && kind !== "message" && !byId.has(id)) byId.set(id, one);
  }
  for (const one of all) settle(one, byId);
  for (const one of all) one.anchor?.node.children.push(one.node);
  return all.filter(({ anchor }) => anchor === undefined).map(({ node }) => node);
}

/** Goes up to what is settled, or to where the way ends or closes, and settles the way back down. */
function settle(from: Planted, byId: ReadonlyMap<string, Planted>): void {
  const way: Planted[] = [];
  let at: Planted | undefined = from;
  while (at?.state === "new") {
    at.state = "on-path";
    way.push(at);
    at = byId.get(at.node.parentId);
  }
  const closes = at?.state === "on-path" ? at : undefined;
  for (const one of way.toReversed()) {
    one.state = "done";
    const parent = one === closes ? undefined : byId.get(one.node.parentId);
    if (parent) place(one, parent);
  }
}

function place(one: Planted, parent: Planted): void {
  one.anchor = parent.depth < MAX_DEPTH ? parent : parent.anchor;
  one.depth = Math.min(parent.depth + 1, MAX_DEPTH);
}

function newestTrees(trees: readonly SpanNode[]): SpanNode[] {
  const kept: SpanNode[] = [];
  let room = MAX_SPANS;
  for (const tree of trees.toReversed()) {
    room -= sizeOf(tree);
    if (room < 0 && kept.length > 0) break;
    kept.unshift(tree);
  }
  return kept;
}

function sizeOf(node: SpanNode): number {
  return node.children.reduce((sum, child) => sum + sizeOf(child), 1);
}

function withRequestId(root: SpanNode): TraceRoot {
  const requestId = requestIdIn(root);
  return requestId === undefined ? root : { ...root, requestId };
}

function requestIdIn(node: SpanNode): string | undefined {
  const own = node.attributes["specimen.request_id"];
  if (own !== undefined) return own;
  for (const child of node.children) {
    const found = requestIdIn(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function linksTo(items: readonly TelemetryItem[], traceId: string): IncomingLink[] {
  const incoming: IncomingLink[] = [];
  for (const span of items) {
    if (!isSpan(span) || span.traceId === traceId) continue;
    for (const link of span.links)
      if (link.traceId === traceId) incoming.push({ spanId: link.spanId, from: summaryOf(span) });
  }
  return incoming.slice(-MAX_LINKS);
}

function summaryOf({ traceId, id, service, name, startMs }: Span): IncomingLink["from"] {
  return { traceId, id, service, name, startMs };
}
