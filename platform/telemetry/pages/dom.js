/**
 * Makes an element. Strings become text, never markup; `false`, `null` and `undefined` become nothing.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [properties] functions listen to the event of their name, the rest are attributes
 * @param {...unknown} children
 */
export function el(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** Makes an element of a drawing. */
export function svg(tag, properties = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== false && child != null));
  return element;
}

/** What a view shows while it has nothing to show, and what to do about it. */
export function emptyState(title, ...advice) {
  return el("div", { class: "empty" }, el("h2", {}, title), ...advice.map((line) => el("p", {}, line)));
}

/** Advice to send a request. */
export function sendARequest() {
  return [
    ["Send a request through the gateway:"],
    [el("code", {}, `curl -i ${location.origin}/<path of an API>`)],
  ];
}
