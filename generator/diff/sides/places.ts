import { startOf, type Position } from "../../finding.ts";
import { isList, isObject, type Json } from "../../load/json.ts";
import type { Sources } from "../../load/sources.ts";
import { follow, segmentsOf } from "./pointer.ts";

/** Where the parts of a contract are written, by the line that names them. */
export class Places {
  readonly #sources: Sources;
  /** From where a value starts to where the key that it belongs to stands. */
  readonly #keys = new Map<string, Position>();

  /** @param files the YAML files that contracts are made of, relative to the repository */
  constructor(sources: Sources, files: readonly string[]) {
    this.#sources = sources;
    for (const file of files) this.#walk(sources.yaml(file));
  }

  /** Where a key of a node is written; where the node itself is named when it has no such key. */
  at(node: object, key?: string | number): Position | undefined {
    const { locations } = this.#sources;
    const self = locations.find(node);
    if (!self) return undefined;
    const has = key !== undefined && Object.hasOwn(node, key);
    const member = has ? locations.find(node, key) : undefined;
    return member ?? this.#keys.get(placeKey(self)) ?? self;
  }

  /** Where a pointer into a file leads, or the last part of the way that there is. */
  resolve(file: string, pointer: string): { readonly at: Position; readonly whole: boolean } {
    if (!this.#sources.has(file)) return { at: startOf(file), whole: false };
    const keys = segmentsOf(pointer);
    const { node, depth } = follow(this.#sources.yaml(file), keys);
    const last = keys[depth];
    const isThere = depth === keys.length || (last !== undefined && Object.hasOwn(node, last));
    const at = this.at(node, depth === keys.length ? undefined : last) ?? startOf(file);
    return { at, whole: isThere && depth >= keys.length - 1 };
  }

  #walk(node: Json): void {
    if (!isObject(node) && !isList(node)) return;
    for (const [key, value] of Object.entries(node)) {
      if (!isObject(value) && !isList(value)) continue;
      const self = this.#sources.locations.find(value);
      const named = this.#sources.locations.find(node, key);
      if (self && named) this.#keys.set(placeKey(self), named);
      this.#walk(value);
    }
  }
}

/** One text for one place. */
export function placeKey({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}
