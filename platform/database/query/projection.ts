import { CommandError, notImplemented } from "../errors.ts";
import { isDocument } from "../values/document.ts";
import type { Document } from "../values/document.ts";
import { parsePath } from "../values/field-path.ts";
import { numberOf } from "../values/numbers.ts";

/** Takes a document to what of it is asked for. */
export type Projection = (document: Document) => Document;

/** Paths as a tree; `true` is the end of one. */
type PathTree = Map<string, PathTree | true>;

/**
 * Compiles an inclusion or exclusion projection; `undefined` when nothing is to be left out.
 *
 * @throws {CommandError} `Location31254` when it mixes both, `Location31249` when one path is part of another,
 * `NotImplemented` for expressions, `$slice`, `$elemMatch` and `$`
 */
export function parseProjection(specification: Document): Projection | undefined {
  const wanted = Object.entries(specification).map(
    ([name, value]) => [name, isIncluded(name, value)] as const,
  );
  if (wanted.length === 0) return undefined;
  const others = wanted.filter(([name]) => name !== "_id");
  const includes = (others[0] ?? wanted[0])?.[1] === true;
  if (others.some(([, included]) => included !== includes)) {
    throw new CommandError(
      "Location31254",
      "Cannot do exclusion and inclusion in one projection, except of _id",
    );
  }
  const keepId = wanted.find(([name]) => name === "_id")?.[1] ?? true;
  const named = others.map(([name]) => name);
  const tree = pathTree(keepId === includes ? [...named, "_id"] : named);
  return includes ? (document) => include(document, tree) : (document) => exclude(document, tree);
}

function isIncluded(name: string, value: unknown): boolean {
  const number = numberOf(value);
  if (typeof value === "boolean") return value;
  if (number !== undefined) return number !== 0;
  throw notImplemented(`anything but 0 and 1 in a projection (field '${name}')`);
}

function pathTree(names: readonly string[]): PathTree {
  const root: PathTree = new Map<string, PathTree | true>();
  for (const name of names) addPath(root, name);
  return root;
}

function addPath(root: PathTree, name: string): void {
  const path = parsePath(name);
  let node = root;
  for (const [index, part] of path.entries()) {
    const known = node.get(part);
    const isLast = index === path.length - 1;
    if (known === true || (known && isLast))
      throw new CommandError("Location31249", `Path collision at ${name}`);
    const next: PathTree = known ?? new Map<string, PathTree | true>();
    node.set(part, isLast ? true : next);
    node = next;
  }
}

function include(document: Document, tree: PathTree): Document {
  const result: Document = {};
  for (const [name, value] of Object.entries(document)) {
    const subtree = tree.get(name);
    if (subtree === true) result[name] = value;
    else if (subtree && isDocument(value)) result[name] = include(value, subtree);
    else if (subtree && Array.isArray(value)) result[name] = includeElements(value, subtree);
  }
  return result;
}

/** Elements that are no documents have none of the fields, so they are left out. */
function includeElements(array: readonly unknown[], tree: PathTree): unknown[] {
  return array.flatMap((element): unknown[] => {
    if (isDocument(element)) return [include(element, tree)];
    return Array.isArray(element) ? [includeElements(element, tree)] : [];
  });
}

function exclude(document: Document, tree: PathTree): Document {
  const result: Document = {};
  for (const [name, value] of Object.entries(document)) {
    const subtree = tree.get(name);
    if (subtree !== true) result[name] = subtree ? excludeWithin(value, subtree) : value;
  }
  return result;
}

function excludeWithin(value: unknown, tree: PathTree): unknown {
  if (isDocument(value)) return exclude(value, tree);
  return Array.isArray(value) ? value.map((element) => excludeWithin(element, tree)) : value;
}
