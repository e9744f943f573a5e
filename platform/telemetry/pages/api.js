import { el } from "./dom.js";
import { formatCount, plural } from "./format.js";

/** Asks for what is known; what refuses throws an error with the problem's detail and status. */
export async function ask(resource) {
  const response = await fetch(`api/${resource}`).catch(() => undefined);
  if (!response)
    throw Object.assign(new Error("The platform does not answer. Start it: npm start"), { status: 0 });
  const body = await response.json().catch(() => ({}));
  if (!response.ok)
    throw Object.assign(new Error(body.detail ?? `Status ${response.status}`), { status: response.status });
  showStore(body);
  return body;
}

/** Tells, below every view, how much is kept, and that older items are gone. */
export function showStore({ stored, dropped }) {
  const footer = document.getElementById("store");
  const missing = el("strong", {}, `${plural(dropped, "older item was", "older items were")} dropped`);
  footer.replaceChildren(`${formatCount(stored)} items kept`, ...(dropped > 0 ? [" · ", missing] : []));
}
