import { el } from "./dom.js";

const COLOURS = 8;
const taken = new Map();

/** The class that colours a service: mostly the same in each session, never the same for two services while there are enough. */
export function serviceClass(service) {
  if (!taken.has(service)) taken.set(service, freeColour(service));
  return `service-${taken.get(service)}`;
}

/** A service's name with its colour. */
export function serviceLabel(service) {
  return el("span", { class: `service ${serviceClass(service)}` }, service);
}

function freeColour(service) {
  const used = new Set(taken.values());
  let colour = 0;
  for (const character of service) colour = (colour * 31 + character.codePointAt(0)) % COLOURS;
  for (let step = 0; step < COLOURS && used.has(colour); step += 1) colour = (colour + 1) % COLOURS;
  return colour;
}
