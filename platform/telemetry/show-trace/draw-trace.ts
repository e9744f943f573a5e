import type { SpanNode, TraceRoot } from "../views/build-trace.ts";
import type { FetchedTrace } from "./fetch-trace.ts";

/** Draws a transaction for a terminal: a line for each span, with its place in time, and its place in the tree. */
export function drawTrace(trace: FetchedTrace, isColoured: boolean): string {
  const paint: Paint = isColoured ? (code, text) => `\u001b[${code}m${text}\u001b[0m` : (_code, text) => text;
  return [
    paint(BOLD, `Trace ${trace.traceId}`) + `  ${count(trace.spans, "span")}`,
    ...trace.roots.flatMap((root) => ["", ...drawRoot(root, paint)]),
    ...describeGaps(trace).map((line) => `\n${paint(YELLOW, line)}`),
  ].join("\n");
}

type Paint = (code: number, text: string) => string;

const BOLD = 1;
const DIM = 2;
const RED = 31;
const GREEN = 32;
const YELLOW = 33;
const COLOURS = [36, 35, 34, 33, 32, 96, 95, 94];
const BAR_WIDTH = 30;

interface Line {
  readonly span: SpanNode;
  readonly depth: number;
}

function drawRoot(root: TraceRoot, paint: Paint): string[] {
  const lines = flatten(root, 0, []);
  const range = rangeOf(lines);
  const width = Math.max(...lines.map(({ span }) => clean(span.service).length));
  const services = [...new Set(lines.map(({ span }) => span.service))];
  const request = root.requestId === undefined ? "" : `  request ${clean(root.requestId)}`;
  const heading = paint(DIM, `${new Date(root.startMs).toISOString()}${request}`);
  const draw = ({ span, depth }: Line): string => {
    const colour = COLOURS[services.indexOf(span.service) % COLOURS.length] ?? DIM;
    return [
      milliseconds(span.startMs - range.start).padStart(10),
      paint(span.success === false ? RED : colour, bar(span, range)),
      (span.durationMs === undefined ? "" : milliseconds(span.durationMs)).padStart(10),
      `${paint(colour, clean(span.service).padEnd(width))}  ${"  ".repeat(depth)}${describe(span, paint)}`,
    ].join("  ");
  };
  return [heading, ...lines.map(draw)];
}

function describe(span: SpanNode, paint: Paint): string {
  const failed = span.success === false;
  const status = span.resultCode ? `  ${paint(failed ? RED : GREEN, clean(span.resultCode))}` : "";
  const type = labelOf(span);
  const links = span.links
    .filter(({ traceId }) => traceId !== span.traceId)
    .map(({ traceId }) => clean(traceId));
  const linked = links.length > 0 ? paint(DIM, `  for ${[...new Set(links)].join(", ")}`) : "";
  return `${type && paint(DIM, `${type} `)}${failed ? paint(RED, clean(span.name)) : clean(span.name)}${status}${linked}`;
}

/** Of a request nothing: it is what the others happen in. */
function labelOf({ kind, type = "", target = "", attributes }: SpanNode): string {
  if (kind === "dependency") return clean([type, target].filter((part) => part !== "").join(" "));
  if (kind === "message") return clean(attributes.severity ?? kind).toLowerCase();
  return kind === "exception" ? kind : "";
}

interface Range {
  readonly start: number;
  readonly length: number;
}

/** Beginnings are told in whole milliseconds; a tree that took less is drawn as long as one. */
function rangeOf(lines: readonly Line[]): Range {
  const start = Math.min(...lines.map(({ span }) => span.startMs));
  const end = Math.max(...lines.map(({ span }) => span.startMs + (span.durationMs ?? 0)));
  return { start, length: Math.max(end - start, 1) };
}

function bar({ startMs, durationMs }: SpanNode, { start, length }: Range): string {
  const from = Math.min(Math.floor((BAR_WIDTH * (startMs - start)) / length), BAR_WIDTH - 1);
  const cells = Math.max(1, Math.round((BAR_WIDTH * (durationMs ?? 0)) / length));
  const drawn = durationMs === undefined ? "◆" : "█".repeat(Math.min(cells, BAR_WIDTH - from));
  return ("·".repeat(from) + drawn).padEnd(BAR_WIDTH, "·");
}

function flatten(span: SpanNode, depth: number, into: Line[]): Line[] {
  into.push({ span, depth });
  for (const child of span.children) flatten(child, depth + 1, into);
  return into;
}

function describeGaps({ linkedFrom, omitted, dropped }: FetchedTrace): string[] {
  const batches = [...new Set(linkedFrom.map(({ from }) => clean(from.traceId)))];
  return [
    ...(batches.length > 0 ? [`Sent on together with others, in ${batches.join(", ")}`] : []),
    ...(omitted > 0 ? [`${count(omitted, "older span")} not shown.`] : []),
    ...(dropped > 0 ? ["Older items were dropped; parts of this trace may be among them."] : []),
  ];
}

function milliseconds(value: number): string {
  return `${value.toFixed(value >= 100 ? 0 : 1)} ms`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** What others have sent must not steer the terminal. */
function clean(text: string): string {
  return text.replace(/\p{Cc}|\p{Cf}/gu, " ");
}
