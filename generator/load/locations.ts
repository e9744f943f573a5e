import type { Position } from "../finding.ts";

interface NodeLocation {
  readonly self: Position;
  readonly members: ReadonlyMap<string, Position>;
}

/**
 * Where each object and list of the sources was written. Kept beside the values, so that a value can be copied into a
 * bundle and still name the line it came from.
 */
export class Locations {
  readonly #nodes = new WeakMap<object, NodeLocation>();

  record(node: object, self: Position, members: ReadonlyMap<string, Position>): void {
    this.#nodes.set(node, { self, members });
  }

  /** Says that `copy` was written where `original` was. */
  carry(original: object, copy: object): void {
    const location = this.#nodes.get(original);
    if (location) this.#nodes.set(copy, location);
  }

  /** The place of a node, or of one of its keys or items when it has it. `undefined` for what no source holds. */
  find(node: object, member?: string | number): Position | undefined {
    const location = this.#nodes.get(node);
    const place = member === undefined ? undefined : location?.members.get(String(member));
    return place ?? location?.self;
  }

  /** The same for a node that a source is known to hold. */
  at(node: object, member?: string | number): Position {
    const place = this.find(node, member);
    if (!place) throw new Error("no location was recorded for this node");
    return place;
  }
}
