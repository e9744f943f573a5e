import { ask } from "./api.js";
import { el, emptyState } from "./dom.js";
import { formatCount, formatTime, formatValue } from "./format.js";
import { serviceLabel } from "./service-colour.js";

/** What services have measured, added up. */
export async function showMetrics(place) {
  const { metrics } = await ask("metrics");
  place.replaceChildren(
    el("h1", {}, "Metrics"),
    metrics.length > 0
      ? toTable(metrics)
      : emptyState(
          "No measurements yet",
          "SDKs send measurements about once a minute. Send a few requests, wait, and load this page again.",
        ),
  );
}

function toTable(metrics) {
  const heads = ["Service", "Name", "Properties", "Latest", "Count", "Sum", "Average", "Min", "Max", "At"];
  return el(
    "table",
    {},
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        heads.map((name) => el("th", { scope: "col", class: name.toLowerCase() }, name)),
      ),
    ),
    el("tbody", {}, metrics.map(toRow)),
  );
}

function toRow({ service, name, attributes, latest, count, sum, min, max, latestMs }) {
  const properties = Object.entries(attributes)
    .map(([key, value]) => `${key}=${value}`)
    .join("  ");
  const numbers = [
    formatValue(latest),
    formatCount(count),
    formatValue(sum),
    formatValue(count ? sum / count : 0),
    formatValue(min),
    formatValue(max),
  ];
  return el(
    "tr",
    {},
    el("td", {}, serviceLabel(service)),
    el("td", { class: "name" }, name),
    el("td", { class: "name dim" }, properties),
    numbers.map((text) => el("td", { class: "count" }, text)),
    el("td", { class: "time" }, formatTime(latestMs)),
  );
}
