import { ask } from "./api.js";
import { el, emptyState } from "./dom.js";
import { formatCount, formatDay, formatSecond, transactionAddress } from "./format.js";
import { serviceLabel } from "./service-colour.js";

/** Failed requests, failed calls and exceptions, in groups of the same sort. */
export async function showFailures(place) {
  const { failures } = await ask("failures");
  const refresh = el("button", { type: "button", click: again }, "Refresh");
  const toolbar = el("div", { class: "toolbar" }, refresh);
  place.replaceChildren(
    el("h1", {}, "Failures"),
    toolbar,
    failures.length > 0
      ? toTable(failures)
      : emptyState(
          "Nothing has failed",
          "Requests, calls and exceptions that fail are grouped here. Send one that does:",
          el("code", {}, `curl -i ${location.origin}/<path of an API>/does-not-exist`),
        ),
  );

  function again() {
    showFailures(place).then(
      () => place.querySelector("button")?.focus(),
      (error) => toolbar.append(el("span", { class: "state offline", role: "alert" }, error.message)),
    );
  }
}

function toTable(failures) {
  const heads = ["Count", "What", "Service", "Operation", "Result", "Latest"];
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
    el("tbody", {}, failures.map(toRow)),
  );
}

function toRow({ kind, service, operation, call, result, count, estimated, latest }) {
  const sampled =
    estimated > count &&
    el("span", { class: "dim", title: "Estimated from what was sampled" }, ` ≈ ${formatCount(estimated)}`);
  const message = latest.find((one) => one.message)?.message;
  return el(
    "tr",
    {},
    el("td", { class: "count" }, formatCount(count), sampled),
    el("td", {}, el("span", { class: `kind ${kind}` }, kind)),
    el("td", {}, serviceLabel(service)),
    el("td", { class: "name" }, operation, call && el("div", { class: "dim" }, call)),
    el(
      "td",
      { class: "result" },
      el("span", { class: "bad" }, result),
      message && el("div", { class: "dim" }, message),
    ),
    el(
      "td",
      { class: "examples" },
      latest.map(({ traceId, spanId, startMs }) => [
        el(
          "a",
          { href: transactionAddress(traceId, spanId), title: `${formatDay(startMs)}, trace ${traceId}` },
          formatSecond(startMs),
        ),
        " ",
      ]),
    ),
  );
}
