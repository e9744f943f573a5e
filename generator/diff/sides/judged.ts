import { GRAMMAR } from "../../load/grammar.ts";
import { isList, isObject, type JsonList, type JsonObject } from "../../load/json.ts";
import { ANNOTATIONS } from "../schemas/canonical.ts";
import { placeKey, type Places } from "./places.ts";

/** Annotations that the comparison of schemas judges all the same. */
const JUDGED_ANNOTATIONS: ReadonlySet<string> = new Set(["default", "deprecated", "readOnly", "writeOnly"]);

/** The places of one side that were looked at and judged, whatever came of it. */
export class Judged {
  readonly #places: Places;
  readonly #keys = new Set<string>();
  readonly #wholes = new Set<string>();

  constructor(places: Places) {
    this.#places = places;
  }

  /** Keys whose values are judged part by part. */
  add(node: JsonObject | JsonList, ...keys: readonly string[]): void {
    for (const key of keys) this.#put(this.#keys, node, key);
  }

  /** Keys whose values were judged as a whole. */
  addWhole(node: JsonObject | JsonList, ...keys: readonly string[]): void {
    for (const key of keys) this.#put(this.#wholes, node, key);
  }

  /** What the comparison of schemas reads of one. */
  readonly addSchema = (node: JsonObject): void => {
    this.addNode(node);
    for (const [key, value] of Object.entries(node)) {
      if (ANNOTATIONS.has(key) && !JUDGED_ANNOTATIONS.has(key)) continue;
      const member = GRAMMAR.schema[key];
      if (!member) this.addWhole(node, key);
      else this.add(node, key);
      if (member?.many && (isObject(value) || isList(value))) this.add(value, ...Object.keys(value));
    }
  };

  /** A node by the line that names it. */
  addNode(node: object): void {
    const at = this.#places.at(node);
    if (at) this.#keys.add(placeKey(at));
  }

  has(place: string): boolean {
    return this.#keys.has(place) || this.#wholes.has(place);
  }

  hasWhole(place: string): boolean {
    return this.#wholes.has(place);
  }

  #put(set: Set<string>, node: object, key: string): void {
    const at = Object.hasOwn(node, key) ? this.#places.at(node, key) : undefined;
    if (at) set.add(placeKey(at));
  }
}
