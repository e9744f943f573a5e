import { isList, isObject, type Json, type JsonList, type JsonObject } from "../load/json.ts";

/** Keys and indices from the root of a document. */
export type JsonPath = readonly (string | number)[];

/**
 * Where the second of two documents says something else than the first, at the innermost node that shows it: a value that
 * differs, a member that is new, a member at another place among its siblings. For one that is gone, the node that held it.
 */
export function changesBetween(before: Json, after: Json, path: JsonPath = []): JsonPath[] {
  if (isList(before) && isList(after)) return listChanges(before, after, path);
  if (isObject(before) && isObject(after)) return objectChanges(before, after, path);
  return before === after ? [] : [path];
}

function objectChanges(before: JsonObject, after: JsonObject, path: JsonPath): JsonPath[] {
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  const removed = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const kept = Object.keys(after).filter((key) => Object.hasOwn(before, key));
  const changes = kept.flatMap((key) =>
    changesBetween(before[key] ?? null, after[key] ?? null, [...path, key]),
  );
  const moved = firstMoved(Object.keys(before), kept);
  return [
    ...changes,
    ...added.map((key) => [...path, key]),
    ...(removed.some((key) => !isRenamed(before[key], added, after)) ? [path] : []),
    ...(moved === undefined ? [] : [[...path, moved]]),
  ];
}

/** A name that has changed is told once, where the new one stands. */
function isRenamed(value: Json | undefined, added: readonly string[], after: JsonObject): boolean {
  const text = JSON.stringify(value);
  return added.some((key) => JSON.stringify(after[key]) === text);
}

function firstMoved(before: readonly string[], kept: readonly string[]): string | undefined {
  const known = new Set(kept);
  const order = before.filter((key) => known.has(key));
  return kept.find((key, index) => key !== order[index]);
}

/** What is alike at the beginning and at the end is set apart: an item that was put in moves those behind it, no more. */
function listChanges(before: JsonList, after: JsonList, path: JsonPath): JsonPath[] {
  const start = alike(before, after);
  const [oldRest, newRest] = [before.slice(start), after.slice(start)];
  const end = alike(oldRest.toReversed(), newRest.toReversed());
  const [old, now] = [oldRest.slice(0, oldRest.length - end), newRest.slice(0, newRest.length - end)];
  const changes = now.flatMap((item, index) => {
    const place = [...path, start + index];
    const earlier = old[index];
    return earlier === undefined ? [place] : changesBetween(earlier, item, place);
  });
  return old.length > now.length ? [...changes, path] : changes;
}

function alike(a: JsonList, b: JsonList): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    if (JSON.stringify(a[index]) !== JSON.stringify(b[index])) return index;
  }
  return length;
}
