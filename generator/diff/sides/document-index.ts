import { isList, isObject, type Json, type JsonObject } from "../../load/json.ts";
import { childAt } from "./pointer.ts";

/** The way from the root of a document to each of its objects and lists, and what a way leads to. */
export class DocumentIndex {
  readonly document: JsonObject;
  readonly #paths = new WeakMap<object, readonly string[]>();

  constructor(document: JsonObject) {
    this.document = document;
    this.#walk(document, []);
  }

  /** `undefined` for what is no part of the document. */
  pathOf(node: object): readonly string[] | undefined {
    return this.#paths.get(node);
  }

  /** The value at the end of a way, as far as there is one. */
  find(path: readonly string[]): Json | undefined {
    let value: Json | undefined = this.document;
    for (const key of path) value = childAt(value, key);
    return value;
  }

  /** The first way counts: what a contract shares stands in one place. */
  #walk(node: Json, path: readonly string[]): void {
    if ((!isObject(node) && !isList(node)) || this.#paths.has(node)) return;
    this.#paths.set(node, path);
    for (const [key, value] of Object.entries(node)) this.#walk(value, [...path, key]);
  }
}
