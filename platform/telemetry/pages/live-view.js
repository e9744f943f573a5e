import { ask, showStore } from "./api.js";
import { el, emptyState, sendARequest } from "./dom.js";
import { formatCount, formatDuration, formatTime, shortId, transactionAddress } from "./format.js";
import { serviceLabel } from "./service-colour.js";

const MOST_ROWS = 500;

/** Requests as they arrive, newest first. */
export async function showLive(place) {
  const known = new Map();
  let waiting = [];
  let skipped = 0;
  const state = el("span", { class: "state", role: "status" }, "connecting");
  const pause = el("button", { type: "button", "aria-pressed": "false", click: togglePause }, "Pause");
  const text = el("input", {
    type: "search",
    placeholder: "Name, status, attribute…",
    "aria-label": "Filter by text",
    input: rebuild,
  });
  const service = el(
    "select",
    { "aria-label": "Filter by service", change: rebuild },
    el("option", { value: "" }, "All services"),
  );
  const failed = el("input", { type: "checkbox", change: rebuild });
  const rows = el("tbody");
  const table = el(
    "table",
    {},
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        ["Time", "Service", "Request", "Status", "Duration", "Trace"].map((name) =>
          el("th", { scope: "col", class: name.toLowerCase() }, name),
        ),
      ),
    ),
    rows,
  );
  const empty = el("div");
  place.append(
    el("h1", {}, "Live requests"),
    el("div", { class: "toolbar" }, pause, service, text, el("label", {}, failed, "Only failures"), state),
    table,
    empty,
  );

  add((await ask("requests?limit=200")).requests.toReversed());
  const stream = new EventSource("api/live");
  stream.addEventListener("open", catchUp);
  stream.addEventListener("error", () => showState("offline"));
  stream.addEventListener("requests", ({ data }) => take(JSON.parse(data)));
  return () => stream.close();

  /** What arrived while nobody told this page. */
  async function catchUp() {
    showState("live");
    const missed = await ask("requests?limit=200").catch(() => undefined);
    if (missed) take({ ...missed, requests: missed.requests.toReversed(), skipped: 0 });
  }

  function take(event) {
    showStore(event);
    skipped += event.skipped;
    showState("live");
    if (isPaused()) waiting.push(...event.requests.filter((request) => !known.has(keyOf(request))));
    else add(event.requests);
    waiting = waiting.slice(-MOST_ROWS);
    showPause();
  }

  function isPaused() {
    return pause.getAttribute("aria-pressed") === "true";
  }

  function togglePause() {
    pause.setAttribute("aria-pressed", String(!isPaused()));
    if (!isPaused()) add(waiting.splice(0));
    showPause();
  }

  function showPause() {
    pause.textContent = !isPaused()
      ? "Pause"
      : waiting.length > 0
        ? `Resume (${formatCount(waiting.length)} new)`
        : "Resume";
  }

  function showState(name) {
    const more = skipped > 0 ? ` · ${formatCount(skipped)} arrived too fast to show` : "";
    state.textContent = name === "offline" ? "offline: is the platform running? npm start" : `${name}${more}`;
    state.className = `state ${name}`;
  }

  function add(requests) {
    for (const request of requests) {
      const key = keyOf(request);
      if (known.has(key)) continue;
      known.set(key, request);
      addService(request.service);
      if (matches(request)) insert(request);
    }
    trim();
    showEmpty();
  }

  /** Rows are inserted where they belong, and never moved, so that focus and selection stay where they are. */
  function insert(request) {
    const row = toRow(request);
    const after = [...rows.children].find((other) => Number(other.dataset.start) <= request.startMs);
    rows.insertBefore(row, after ?? null);
  }

  function trim() {
    while (rows.children.length > MOST_ROWS) rows.lastElementChild.remove();
    for (const key of [...known.keys()].slice(0, Math.max(0, known.size - 2 * MOST_ROWS))) known.delete(key);
  }

  function addService(name) {
    if ([...service.options].some(({ value }) => value === name)) return;
    service.append(el("option", { value: name }, name));
  }

  function matches({ service: from, success, name, resultCode, traceId, attributes }) {
    if (service.value && from !== service.value) return false;
    if (failed.checked && success !== false) return false;
    const wanted = text.value.trim().toLowerCase();
    return (
      !wanted ||
      [name, resultCode, traceId, ...Object.values(attributes)].some((part) =>
        part?.toLowerCase().includes(wanted),
      )
    );
  }

  function rebuild() {
    const shown = [...known.values()].filter(matches).sort((a, b) => b.startMs - a.startMs);
    rows.replaceChildren(...shown.slice(0, MOST_ROWS).map(toRow));
    showEmpty();
  }

  function showEmpty() {
    table.hidden = rows.children.length === 0;
    const state =
      known.size > 0
        ? emptyState("Nothing matches the filter")
        : emptyState("No requests yet", ...sendARequest());
    empty.replaceChildren(...(table.hidden ? [state] : []));
  }
}

function toRow({ traceId, id, service, name, resultCode, success, startMs, durationMs }) {
  return el(
    "tr",
    { class: success === false ? "failed" : "", "data-start": startMs },
    el("td", { class: "time" }, formatTime(startMs)),
    el("td", {}, serviceLabel(service)),
    el("td", { class: "name" }, name),
    el(
      "td",
      { class: "status" },
      el("span", { class: success === false ? "bad" : "good" }, resultCode || "–"),
    ),
    el("td", { class: "duration" }, formatDuration(durationMs)),
    el(
      "td",
      { class: "trace" },
      el("a", { href: transactionAddress(traceId, id), title: traceId }, shortId(traceId) || "–"),
    ),
  );
}

function keyOf({ traceId, id }) {
  return `${traceId} ${id}`;
}
