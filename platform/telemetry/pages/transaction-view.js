import { ask } from "./api.js";
import { el, emptyState } from "./dom.js";
import { formatDay, formatDuration, plural, transactionAddress } from "./format.js";
import { serviceClass, serviceLabel } from "./service-colour.js";
import { showSpan } from "./span-details.js";

const RETRY_MS = 2000;

/** What happened in a trace: a timeline for each of its trees. */
export async function showTransaction(place, traceId, spanId) {
  if (!traceId) {
    place.replaceChildren(
      el("h1", {}, "Transaction"),
      emptyState(
        "Which one?",
        "Paste a trace id or a traceparent into the box at the top, or follow a link from the live requests.",
        "A response tells its own in the header traceresponse or traceparent, if the API sends one; a problem document, in traceId.",
      ),
    );
    return undefined;
  }
  const trace = await find(place, traceId);
  if (!trace) return waitFor(place, traceId, spanId);
  show(place, trace, spanId);
  return undefined;
}

async function find(place, traceId) {
  try {
    return await ask(`transactions/${encodeURIComponent(traceId)}`);
  } catch (error) {
    if (error.status !== 404) throw error;
    place.replaceChildren(
      el("h1", {}, "Transaction ", el("code", {}, traceId)),
      emptyState(
        "Not here, or not yet",
        error.message,
        "SDKs send every few seconds. This page looks again until it arrives.",
      ),
    );
    return undefined;
  }
}

function waitFor(place, traceId, spanId) {
  let stopped = false;
  let timer = setTimeout(look, RETRY_MS);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };

  async function look() {
    const trace = await find(place, traceId).catch(() => undefined);
    if (stopped) return;
    if (trace) show(place, trace, spanId);
    else timer = setTimeout(look, RETRY_MS);
  }
}

function show(place, trace, spanId) {
  const details = el("aside", { "aria-label": "Selected span", "aria-live": "polite" });
  const rows = [];
  const incoming = Map.groupBy(trace.linkedFrom, (link) => link.spanId);
  const select = (row) => {
    for (const other of rows) other.element.setAttribute("aria-selected", String(other === row));
    showSpan(details, row.span, incoming.get(row.span.id) ?? []);
  };
  const services = new Set();
  const trees = trace.roots.map((root, index) =>
    drawTree(root, index, trace.roots.length, { rows, select, services, incoming }),
  );
  const reload = () => showTransaction(place, trace.traceId, spanId);
  const facts = [
    plural(trace.spans, "span"),
    plural(trace.roots.length, "tree"),
    formatDay(trace.roots[0].startMs),
  ];
  place.replaceChildren(
    el("h1", {}, "Transaction ", el("code", {}, trace.traceId)),
    el(
      "div",
      { class: "toolbar" },
      el("button", { type: "button", click: reload }, "Refresh"),
      el("button", { type: "button", click: copy }, "Copy id"),
      el("span", { class: "dim" }, facts.join(" · ")),
      [...services].map(serviceLabel),
    ),
    (trace.omitted > 0 &&
      el(
        "p",
        { class: "warning" },
        `${plural(trace.omitted, "older span is", "older spans are")} not shown.`,
      )) ||
      "",
    trace.dropped > 0
      ? el(
          "p",
          { class: "warning" },
          "Older items were dropped from the store; parts of this trace may be among them.",
        )
      : "",
    el("div", { class: "split" }, el("div", { class: "trees" }, trees), details),
  );
  const chosen = rows.find(({ span }) => span.id === spanId) ?? rows[0];
  select(chosen);
  if (spanId) chosen.element.scrollIntoView({ block: "nearest" });

  function copy({ currentTarget }) {
    navigator.clipboard?.writeText(trace.traceId).then(
      () => (currentTarget.textContent = "Copied"),
      () => undefined,
    );
  }
}

function drawTree(root, index, count, context) {
  const range = rangeOf(root);
  const first = context.rows.length;
  const rows = flatten(root, 0, []).map(({ span, depth }) => drawRow(span, depth, range, context));
  const table = el(
    "table",
    {
      class: "waterfall",
      role: "treegrid",
      "aria-label": `Timeline of ${root.name}`,
      keydown: (event) => move(event, context, first, rows.length),
    },
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        ["Span", "Target", "Status", "Duration"].map((name) =>
          el("th", { scope: "col", class: name.toLowerCase() }, name),
        ),
        el("th", { scope: "col", class: "timeline" }, ruler(range)),
      ),
    ),
    el("tbody", {}, rows),
  );
  if (rows[0]) rows[0].tabIndex = 0;
  const heading =
    count > 1 || root.requestId
      ? el(
          "h2",
          {},
          count > 1 ? `${index + 1}. ` : "",
          root.requestId ? ["Request ", el("code", {}, root.requestId)] : root.name,
          el("span", { class: "dim" }, `  ${formatDay(root.startMs)}`),
        )
      : "";
  return el("section", {}, heading, table);
}

function drawRow(span, depth, range, context) {
  context.services.add(span.service);
  const isPoint = span.kind === "exception" || span.kind === "message";
  const links = span.links.length + (context.incoming.get(span.id)?.length ?? 0);
  const toggle =
    span.children.length > 0 &&
    el("button", {
      type: "button",
      class: "toggle",
      tabindex: -1,
      "aria-label": "Fold",
      click: (event) => fold(event, context, row),
    });
  const element = el(
    "tr",
    {
      class: `${serviceClass(span.service)} ${span.kind} ${span.success === false ? "failed" : ""}`,
      tabindex: -1,
      "aria-level": depth + 1,
      ...(span.children.length > 0 && { "aria-expanded": "true" }),
      click: () => context.select(row),
      focus: () => context.select(row),
    },
    el(
      "td",
      { class: "span" },
      indent(
        el(
          "div",
          { class: "label" },
          toggle || el("i", { class: "toggle" }),
          el("span", { class: "dot", title: span.service }),
          kindOf(span),
          el("span", { class: "name", title: span.name }, span.name),
          links > 0 && el("span", { class: "linked", title: plural(links, "link") }, `⇄ ${links}`),
        ),
        depth,
      ),
    ),
    el("td", { class: "target", title: span.target ?? "" }, span.target ?? ""),
    el(
      "td",
      { class: "status" },
      span.resultCode && el("span", { class: span.success === false ? "bad" : "good" }, span.resultCode),
    ),
    el(
      "td",
      { class: "duration" },
      isPoint ? `@ ${formatDuration(span.startMs - range.start)}` : formatDuration(span.durationMs),
    ),
    el("td", { class: "timeline" }, bar(span, range, isPoint)),
  );
  const row = { span, depth, element };
  context.rows.push(row);
  return element;
}

function kindOf({ kind, type, attributes }) {
  const text = kind === "dependency" ? type : kind === "message" ? attributes.severity || "message" : kind;
  return el("span", { class: `kind ${kind}` }, text);
}

function indent(element, depth) {
  element.style.setProperty("--depth", Math.min(depth, 24));
  return element;
}

function bar({ startMs, durationMs = 0 }, { start, length }, isPoint) {
  const element = el("div", { class: isPoint ? "point" : "bar" });
  element.style.setProperty("left", `${(100 * (startMs - start)) / length}%`);
  if (!isPoint) element.style.setProperty("width", `${(100 * durationMs) / length}%`);
  return el("div", { class: "track" }, element);
}

function ruler({ length }) {
  const marks = [0, 1 / 3, 2 / 3, 1].map((part) => {
    const mark = el("span", {}, part === 0 ? "0" : formatDuration(part * length));
    mark.style.setProperty("left", `${100 * part}%`);
    return mark;
  });
  return el("div", { class: "ruler" }, marks);
}

/** Telemetry has whole milliseconds for when something began; a tree that took less is drawn as long as one. */
function rangeOf(root) {
  const spans = flatten(root, 0, []).map(({ span }) => span);
  const start = spans.reduce((least, { startMs }) => Math.min(least, startMs), Infinity);
  const end = spans.reduce(
    (most, { startMs, durationMs = 0 }) => Math.max(most, startMs + durationMs),
    -Infinity,
  );
  return { start, length: Math.max(end - start, 1) };
}

function flatten(span, depth, into) {
  into.push({ span, depth });
  for (const child of span.children) flatten(child, depth + 1, into);
  return into;
}

/** The keys of a tree: up, down, first, last; right unfolds, left folds or goes to the parent. */
function move(event, context, first, count) {
  const rows = context.rows.slice(first, first + count);
  const at = rows.findIndex(({ element }) => element === event.target);
  const row = rows[at];
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const visible = (list) => list.find(({ element }) => !element.hidden);
  const isOpen = row.element.getAttribute("aria-expanded");
  const targets = {
    ArrowDown: () => visible(rows.slice(at + 1)),
    ArrowUp: () => visible(rows.slice(0, at).reverse()),
    Home: () => rows[0],
    End: () => visible(rows.toReversed()),
    ArrowRight: () => (isOpen === "false" ? toggle(context, row) : row),
    ArrowLeft: () =>
      isOpen === "true" ? toggle(context, row) : rows.slice(0, at).findLast(({ depth }) => depth < row.depth),
  };
  const target = targets[event.key];
  if (!target) return;
  event.preventDefault();
  const next = target() ?? row;
  for (const { element } of rows) element.tabIndex = -1;
  next.element.tabIndex = 0;
  next.element.focus();
}

function fold(event, context, row) {
  event.stopPropagation();
  toggle(context, row);
}

function toggle(context, row) {
  const isOpen = row.element.getAttribute("aria-expanded") === "true";
  row.element.setAttribute("aria-expanded", String(!isOpen));
  let closedAt = isOpen ? row.depth : Infinity;
  for (const other of context.rows.slice(context.rows.indexOf(row) + 1)) {
    if (other.depth <= row.depth) break;
    if (other.depth <= closedAt) closedAt = Infinity;
    other.element.hidden = other.depth > closedAt;
    if (!other.element.hidden && other.element.getAttribute("aria-expanded") === "false")
      closedAt = other.depth;
  }
  return row;
}
