import { el, emptyState } from "./dom.js";
import { showFailures } from "./failures-view.js";
import { transactionAddress } from "./format.js";
import { showLive } from "./live-view.js";
import { showMap } from "./map-view.js";
import { showMetrics } from "./metrics-view.js";
import { showTransaction } from "./transaction-view.js";

const views = {
  live: showLive,
  transaction: showTransaction,
  failures: showFailures,
  map: showMap,
  metrics: showMetrics,
};
const main = document.getElementById("main");
let leave = () => undefined;

function route() {
  const [name = "live", ...parts] = location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decode);
  const view = views[name] ?? views.live;
  leave();
  leave = () => undefined;
  for (const link of document.querySelectorAll("nav a"))
    if (link.getAttribute("href") === `#/${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  const place = el("div", { class: `view ${name}` });
  main.replaceChildren(place);
  const shown = Promise.resolve(view(place, ...parts));
  let left = false;
  leave = () => {
    left = true;
    shown.then((stop) => stop?.()).catch(() => undefined);
  };
  shown.catch((error) => {
    if (!left) place.replaceChildren(emptyState("This cannot be shown", error.message));
  });
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Takes a trace id or a traceparent. */
function search(event) {
  event.preventDefault();
  const given = document.getElementById("trace").value.trim().toLowerCase();
  const traceId = /^(?:traceparent:\s*)?[0-9a-f]{2}-([0-9a-f]{32})-/.exec(given)?.[1] ?? given;
  const isTraceId = /^[0-9a-f]{32}$/.test(traceId) && !/^0+$/.test(traceId);
  document.getElementById("search-fault").textContent = isTraceId
    ? ""
    : "Expected 32 hexadecimal digits, or 00-<trace id>-<span id>-01";
  if (!isTraceId) return;
  document.getElementById("trace").value = "";
  if (location.hash === transactionAddress(traceId)) route();
  else location.hash = transactionAddress(traceId);
}

function focusSearch(event) {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  document.getElementById("trace").select();
}

document.getElementById("search").addEventListener("submit", search);
document.getElementById("trace").addEventListener("input", () => {
  document.getElementById("search-fault").textContent = "";
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("keydown", focusSearch);
addEventListener("hashchange", route);
route();
