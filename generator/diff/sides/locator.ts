import { startOf, type Position } from "../../finding.ts";
import { isList, isObject, listAt, type Json, type JsonList, type JsonObject } from "../../load/json.ts";
import { dereference } from "../../model/contract-reader.ts";
import type { Evidence } from "../change.ts";
import { canonicalText } from "../schemas/canonical.ts";
import type { Origin } from "../schemas/shape.ts";
import { placeName } from "./place-name.ts";
import { childAt, follow } from "./pointer.ts";
import type { ApiSide } from "./read-side.ts";

/** Where a change is told, and what a waiver calls the place. */
export interface Located {
  readonly at: Position;
  readonly was?: Position;
  readonly place?: string;
  readonly evidence: Evidence;
}

/** What is known of the place of a change. */
export interface Spot {
  /** What was added or changed, as it is now. */
  readonly head?: Origin | undefined;
  /** What it was before. */
  readonly base?: Origin | undefined;
  /** What it is part of now. */
  readonly headNode?: JsonObject | JsonList | undefined;
  /** The reference that leads elsewhere than before. */
  readonly swap?: Origin | undefined;
  /** Further places that the change is about. */
  readonly alsoBase?: readonly (Origin | undefined)[];
  readonly alsoHead?: readonly (Origin | undefined)[];
}

/** Finds the line that a person would change, in the contract as it is now. */
export class Locator {
  readonly #base: ApiSide;
  readonly #head: ApiSide;

  constructor(base: ApiSide, head: ApiSide) {
    this.#base = base;
    this.#head = head;
  }

  locate(spot: Spot): Located {
    const told = this.#told(spot);
    const was = spot.head ? undefined : placeOf(this.#base, spot.base);
    const place = told ? nameOf(this.#head, told) : nameOf(this.#base, spot.base);
    return {
      at: (told && placeOf(this.#head, told)) ?? this.#survivor(spot),
      ...(was && { was }),
      ...(place !== undefined && { place }),
      evidence: {
        base: placesOf(this.#base, [spot.base, ...(spot.alsoBase ?? [])]),
        head: placesOf(this.#head, [spot.head, spot.swap, ...(spot.alsoHead ?? [])]),
      },
    };
  }

  /** A line that is as it was is not the one that was changed: the reference that leads to it is. */
  #told({ head, swap }: Spot): Origin | undefined {
    if (!swap) return head;
    return head && !this.#isUnchanged(head) ? head : swap;
  }

  #isUnchanged({ node, key }: Origin): boolean {
    const path = this.#head.index.pathOf(node);
    const before = path && this.#base.index.find(path);
    const value = childAt(node, key);
    if (before === undefined || value === undefined) return false;
    const candidates: readonly (Json | undefined)[] = isList(before) ? before : [childAt(before, key)];
    return candidates.some((one) => one !== undefined && canonicalText(one) === canonicalText(value));
  }

  /** Whether a way leads through a node, or through a schema that it refers to or joins. */
  #isPartOf(owner: JsonObject | JsonList | undefined, path: readonly string[]): boolean {
    if (!owner) return true;
    const parts = partsOf(owner, this.#head.api.document);
    return path.some((_, index) => {
      const { node, depth } = follow(this.#head.api.document, path.slice(0, index + 1));
      return depth === index + 1 && parts.has(node);
    });
  }

  /** What is left of the way to something that is gone. */
  #survivor({ base, headNode }: Spot): Position {
    const path = base && this.#base.index.pathOf(base.node);
    const { node, depth } = follow(this.#head.api.document, path ?? []);
    const { places } = this.#head.side;
    const isLeft = depth === path?.length && this.#isPartOf(headNode, path);
    const found = isLeft ? places.at(node) : headNode && places.at(headNode);
    return found ?? places.at(node) ?? startOf(this.#head.api.files[0]);
  }
}

function placeOf({ side }: ApiSide, origin: Origin | undefined): Position | undefined {
  return origin && side.places.at(origin.node, origin.key);
}

function nameOf({ index }: ApiSide, origin: Origin | undefined): string | undefined {
  const path = origin && index.pathOf(origin.node);
  return path && placeName([...path, origin.key]);
}

function placesOf(side: ApiSide, origins: readonly (Origin | undefined)[]): Position[] {
  const places = origins.flatMap((origin) => [
    placeOf(side, origin),
    // An item of a list is part of what is said of the list.
    origin && isList(origin.node) ? side.side.places.at(origin.node) : undefined,
  ]);
  return places.filter((place) => place !== undefined);
}

/** A node, and the schemas that it refers to and joins. */
function partsOf(owner: JsonObject | JsonList, document: JsonObject): ReadonlySet<object> {
  const parts = new Set<JsonObject | JsonList>([owner]);
  for (const part of parts) {
    if (!isObject(part)) continue;
    if (part.$ref !== undefined) parts.add(dereference(document, part));
    for (const one of listAt(part, "allOf").filter(isObject)) parts.add(one);
  }
  return parts;
}

/** The origin of a key, when a node has it. */
export function originOf(node: JsonObject | JsonList | undefined, key: string): Origin | undefined {
  const has = node !== undefined && (isObject(node) || isList(node)) && Object.hasOwn(node, key);
  return has ? { node, key } : undefined;
}
