import { el } from "./dom.js";
import { formatDay, formatDuration, plural, shortId, transactionAddress } from "./format.js";
import { serviceLabel } from "./service-colour.js";

/** All that a span tells. */
export function showSpan(place, span, incoming) {
  const {
    kind,
    name,
    service,
    instance,
    type,
    target,
    resultCode,
    success,
    startMs,
    durationMs,
    id,
    parentId,
    sampleRate,
  } = span;
  const facts = {
    Kind: kind === "dependency" ? `${kind}, ${type}` : kind,
    Service: serviceLabel(service),
    Instance: instance,
    Target: target,
    Result:
      (resultCode || success !== undefined) &&
      el(
        "span",
        { class: success === false ? "bad" : "good" },
        [resultCode, success === false ? "failed" : "succeeded"].filter(Boolean).join(", "),
      ),
    Started: formatDay(startMs),
    Duration: formatDuration(durationMs),
    Span: kind === "request" || kind === "dependency" ? id : "",
    Parent: parentId,
    Sampled: sampleRate < 100 && `${sampleRate} %: stands for ${Math.round(100 / sampleRate)}`,
  };
  place.replaceChildren(
    el("h2", {}, name),
    list(Object.entries(facts)),
    ...section(
      "Attributes",
      Object.keys(span.attributes).length > 0 &&
        list(Object.entries(span.attributes).sort(([a], [b]) => (a < b ? -1 : 1))),
    ),
    ...section(
      `Made for ${plural(span.links.length, "request")}`,
      span.links.length > 0 && el("ul", {}, span.links.map(toLink)),
    ),
    ...section(
      "Linked from",
      incoming.length > 0 &&
        el(
          "ul",
          {},
          incoming.map(({ from }) => toIncoming(from)),
        ),
    ),
  );
}

function section(title, content) {
  return content ? [el("h3", {}, title), content] : [];
}

function list(entries) {
  return el(
    "dl",
    {},
    entries.filter(([, value]) => value).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
  );
}

function toLink({ traceId, spanId }) {
  return el(
    "li",
    {},
    el(
      "a",
      { href: transactionAddress(traceId, spanId), title: traceId },
      `Trace ${shortId(traceId)}, span ${shortId(spanId)}`,
    ),
  );
}

function toIncoming({ traceId, id, service, name }) {
  return el(
    "li",
    {},
    serviceLabel(service),
    " ",
    el("a", { href: transactionAddress(traceId, id), title: traceId }, name),
  );
}
