import { ClrValue } from "./clr-value.ts";
import { keyOf } from "./compare-values.ts";
import { KeyValuePair } from "./key-value-pair.ts";
import { raise, raiseArgumentNull, raiseInvalidOperation, raiseKeyNotFound } from "./thrown.ts";

/** What can be looked up by key: dictionaries, headers, variables. */
export abstract class KeyedValue extends ClrValue {
  readonly typeName: string = "System.Collections.Generic.Dictionary`2";

  /** The value of a key, wrapped so that null is one. */
  abstract find(key: unknown): { readonly value: unknown } | null;
  abstract entries(): Iterable<readonly [unknown, unknown]>;
  abstract get size(): number;

  /** @throws KeyNotFoundException */
  get(key: unknown): unknown {
    if (key === null) raiseArgumentNull("key");
    const found = this.find(key);
    return found === null ? raiseKeyNotFound() : found.value;
  }

  *[Symbol.iterator](): Generator<KeyValuePair, void> {
    for (const [key, value] of this.entries()) yield new KeyValuePair(key, value);
  }
}

/** A read-only view of a Map with string keys that lives outside of the expression. */
export class MapView extends KeyedValue {
  private readonly map: ReadonlyMap<string, unknown>;
  private readonly lowerCase: boolean;

  constructor(map: ReadonlyMap<string, unknown>, lowerCase = false) {
    super();
    this.map = map;
    this.lowerCase = lowerCase;
  }

  get size(): number {
    return this.map.size;
  }

  find(key: unknown): { readonly value: unknown } | null {
    if (typeof key !== "string") return null;
    const name = this.lowerCase ? key.toLowerCase() : key;
    return this.map.has(name) ? { value: this.map.get(name) ?? null } : null;
  }

  entries(): Iterable<readonly [string, unknown]> {
    return this.map.entries();
  }
}

/** How a dictionary or a set tells keys apart. */
export type KeyComparer = (key: unknown) => unknown;

/** `Dictionary<K, V>`. */
export class DictionaryValue extends KeyedValue {
  private readonly keyFor: KeyComparer;
  private readonly map = new Map<unknown, readonly [unknown, unknown]>();
  private version = 0;

  constructor(comparer: KeyComparer = keyOf) {
    super();
    this.keyFor = comparer;
  }

  get size(): number {
    return this.map.size;
  }

  find(key: unknown): { readonly value: unknown } | null {
    if (key === null) raiseArgumentNull("key");
    const entry = this.map.get(this.keyFor(key));
    return entry === undefined ? null : { value: entry[1] };
  }

  set(key: unknown, value: unknown): void {
    if (key === null) raiseArgumentNull("key");
    this.version++;
    const own = this.keyFor(key);
    this.map.set(own, [this.map.get(own)?.[0] ?? key, value]);
  }

  add(key: unknown, value: unknown): void {
    if (this.find(key) !== null)
      raise("ArgumentException", "An item with the same key has already been added.");
    this.set(key, value);
  }

  delete(key: unknown): boolean {
    this.version++;
    return this.map.delete(this.keyFor(key));
  }

  clear(): void {
    this.version++;
    this.map.clear();
  }

  *entries(): Generator<readonly [unknown, unknown], void> {
    const { version } = this;
    for (const entry of this.map.values()) {
      yield entry;
      if (version !== this.version) {
        raiseInvalidOperation("Collection was modified; enumeration operation may not execute.");
      }
    }
  }
}

/** `HashSet<T>`. */
export class SetValue extends ClrValue {
  readonly typeName = "System.Collections.Generic.HashSet`1";
  private readonly keyFor: KeyComparer;
  private readonly map = new Map<unknown, unknown>();

  constructor(items: Iterable<unknown>, comparer: KeyComparer = keyOf) {
    super();
    this.keyFor = comparer;
    for (const item of items) this.add(item);
  }

  get size(): number {
    return this.map.size;
  }

  has(item: unknown): boolean {
    return this.map.has(this.keyFor(item));
  }

  /** False when the item is there already. */
  add(item: unknown): boolean {
    const key = this.keyFor(item);
    if (this.map.has(key)) return false;
    this.map.set(key, item);
    return true;
  }

  delete(item: unknown): boolean {
    return this.map.delete(this.keyFor(item));
  }

  clear(): void {
    this.map.clear();
  }

  [Symbol.iterator](): Iterator<unknown> {
    return [...this.map.values()][Symbol.iterator]();
  }
}
