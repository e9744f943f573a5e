import { placeName } from "../sides/place-name.ts";
import { TEXTS } from "./texts.ts";

const METHODS = /^(get|put|post|delete|options|head|patch|trace)$/;

/** What a place of a source file is called. */
export interface PlaceTitle {
  /** For a sentence: `Patient.firstName`, `GET /patient/{patientId}`. */
  readonly title: string;
  /** For a waiver, of what is part of a component. */
  readonly place: string | undefined;
}

/** Names what the keys lead to, from the root of a contract. The last one may be a keyword. */
export function nameKeys(keys: readonly string[]): PlaceTitle {
  const last = keys.at(-1) ?? "";
  const isText = keys.length > 1 && (TEXTS.has(last) || last.startsWith("x-"));
  const { title, place } = nameOwner(isText ? keys.slice(0, -1) : keys);
  return { title: isText ? `${last} of ${title}` : title, place };
}

/** The same for what a keyword belongs to. */
export function nameOwner(keys: readonly string[]): PlaceTitle {
  const place = placeName(keys);
  if (place !== undefined) return { title: withMember(place, keys), place };
  const [root = "", path = "", method = "", ...rest] = keys;
  if (root !== "paths")
    return { title: root === "" ? "the contract" : keys.slice(0, 2).join("."), place: undefined };
  const address = METHODS.test(method) ? `${method.toUpperCase()} ${path}` : path;
  const inner = rest.filter((key) => !/^(content|schema|properties|\d|application\/)/.test(key)).slice(-2);
  return {
    title: [...(inner.length > 0 ? [inner.join(" "), "of"] : []), address].join(" "),
    place: undefined,
  };
}

/** What a component other than a schema holds under a name: a link, an example. */
function withMember(place: string, keys: readonly string[]): string {
  const index = keys.findIndex((key) => key === "links" || key === "examples");
  const [section, name] = keys.slice(index);
  const isMember = index > 0 && section !== undefined && name !== undefined;
  return isMember ? `the ${section.slice(0, -1)} ${name} of ${place}` : place;
}
