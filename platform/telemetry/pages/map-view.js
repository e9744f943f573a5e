import { ask } from "./api.js";
import { el, emptyState, sendARequest, svg } from "./dom.js";
import { formatCount, formatDuration, formatShare } from "./format.js";
import { layOut, NODE_HEIGHT, NODE_WIDTH } from "./map-layout.js";
import { serviceClass, serviceLabel } from "./service-colour.js";

/** A drawing of more would be a tangle; the table says the same. */
const MOST_NODES = 40;

/** Who calls whom, how often, how fast and with what luck. */
export async function showMap(place) {
  const { nodes, edges } = await ask("map");
  const shown =
    nodes.length > 0
      ? [nodes.length <= MOST_NODES && draw(nodes, edges), toTable(nodes, edges)].filter(Boolean)
      : [emptyState("No services yet", ...sendARequest())];
  place.replaceChildren(el("h1", {}, "Map"), ...shown);
}

function draw(nodes, edges) {
  const { places, width, height } = layOut(nodes, edges);
  const loops = edges.filter(
    ({ from, to }) => places.get(from).layer >= places.get(to).layer && from !== to,
  ).length;
  const total = height + (loops > 0 ? 40 + loops * 24 : 0);
  return el(
    "div",
    {
      class: "drawing",
      tabindex: 0,
      role: "img",
      "aria-label": "Dependency map; the table below says the same",
    },
    svg(
      "svg",
      { width, height: total, viewBox: `0 0 ${width} ${total}`, "aria-hidden": "true" },
      arrowHeads(),
      edgesOf(edges, places, height),
      nodes.map((node) => drawNode(node, places.get(node.id))),
    ),
  );
}

function arrowHeads() {
  const head = (id) =>
    svg(
      "marker",
      {
        id,
        class: id,
        viewBox: "0 0 8 8",
        refX: 7,
        refY: 4,
        markerUnits: "userSpaceOnUse",
        markerWidth: 10,
        markerHeight: 10,
        orient: "auto-start-reverse",
      },
      svg("path", { d: "M0 0 L8 4 L0 8 z" }),
    );
  return svg("defs", {}, head("arrow"), head("arrow-bad"));
}

function edgesOf(edges, places, height) {
  let loops = 0;
  return edges
    .filter(({ from, to }) => from !== to)
    .map((edge) => {
      const [from, to] = [places.get(edge.from), places.get(edge.to)];
      const isBack = from.layer >= to.layer;
      return drawEdge(edge, isBack ? wayBack(from, to, height + 16 + 24 * loops++) : wayOn(from, to));
    });
}

function wayOn(from, to) {
  const [x1, y1, x2, y2] = [from.x + NODE_WIDTH, from.y + NODE_HEIGHT / 2, to.x - 2, to.y + NODE_HEIGHT / 2];
  const bend = Math.min(120, (x2 - x1) / 2);
  return {
    d: `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
    x: (x1 + x2) / 2,
    y: (y1 + y2) / 2 - (Math.abs(y2 - y1) < 12 ? 12 : 0),
  };
}

/** From below to below; where a node is in between, behind it. */
function wayBack(from, to, y) {
  const [x1, x2] = [from.x + NODE_WIDTH / 2 + 12, to.x + NODE_WIDTH / 2 - 12];
  const [y1, y2] = [from.y + NODE_HEIGHT, to.y + NODE_HEIGHT + 2];
  return { d: `M${x1} ${y1} C${x1} ${y + 24} ${x2} ${y + 24} ${x2} ${y2}`, x: (x1 + x2) / 2, y: y + 8 };
}

function drawEdge({ calls, failures, averageMs }, { d, x, y }) {
  const isBad = failures > 0;
  const text = `${formatCount(calls)} × ${formatDuration(averageMs)}`;
  const bad = isBad ? ` · ${formatShare(failures, calls)} failed` : "";
  const width = (text.length + bad.length) * LETTER + 8;
  return svg(
    "g",
    { class: isBad ? "edge failing" : "edge" },
    svg("path", {
      d,
      "marker-end": `url(#${isBad ? "arrow-bad" : "arrow"})`,
      "stroke-width": 1 + Math.min(3, Math.log10(Math.max(1, calls))) * 0.7,
    }),
    svg("rect", { class: "edge-page", x: x - width / 2, y: y - 9, width, height: 18 }),
    svg(
      "text",
      { class: "edge-label", x, y: y + 4, "text-anchor": "middle" },
      text,
      isBad && svg("tspan", { class: "bad" }, bad),
    ),
  );
}

/** About how wide a letter of a label is. */
const LETTER = 6.1;

function drawNode({ id, kind, label, type, calls, failures, averageMs }, { x, y }) {
  const isService = kind === "service";
  const load =
    isService && calls === 0
      ? "no requests of its own"
      : `${formatCount(calls)} × ${formatDuration(averageMs)}`;
  const bad = failures > 0 && svg("tspan", { class: "bad" }, ` · ${formatShare(failures, calls)} failed`);
  return svg(
    "g",
    { class: `node ${kind} ${isService ? serviceClass(id) : ""}`, transform: `translate(${x} ${y})` },
    svg("title", {}, id),
    svg("rect", { width: NODE_WIDTH, height: NODE_HEIGHT, rx: isService ? 6 : 16 }),
    isService && svg("rect", { class: "stripe", width: 5, height: NODE_HEIGHT, rx: 2.5 }),
    svg("text", { class: "node-label", x: 16, y: 22 }, clip(isService ? label : `${type}: ${label}`, 24)),
    svg("text", { class: "node-load", x: 16, y: 41 }, load, bad),
  );
}

const clip = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function toTable(nodes, edges) {
  const services = new Set(nodes.filter(({ kind }) => kind === "service").map(({ id }) => id));
  const name = (id) => (services.has(id) ? serviceLabel(id) : id.replace("|", ": "));
  const heads = ["From", "To", "Calls", "Failed", "Share", "Average"];
  const row = ({ from, to, calls, failures, averageMs }) =>
    el(
      "tr",
      {},
      el("td", {}, name(from)),
      el("td", {}, name(to)),
      [
        formatCount(calls),
        formatCount(failures),
        formatShare(failures, calls),
        formatDuration(averageMs),
      ].map((text, index) =>
        el("td", { class: failures > 0 && (index === 1 || index === 2) ? "count bad" : "count" }, text),
      ),
    );
  if (edges.length === 0) return el("p", { class: "dim" }, "No service has called another yet.");
  return el(
    "table",
    { class: "narrow" },
    el("caption", {}, "Calls"),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        heads.map((head, index) => el("th", { scope: "col", class: index > 1 ? "count" : "" }, head)),
      ),
    ),
    el("tbody", {}, edges.map(row)),
  );
}
