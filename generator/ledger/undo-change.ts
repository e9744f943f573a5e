import { isList, isObject, type Json, type JsonObject } from "../load/json.ts";
import type { Locations } from "../load/locations.ts";
import type { JsonPath } from "./changes-between.ts";

/** A document with one node as an earlier document has it, or without it when that has none. Places stay known. */
export function undoChange(
  document: JsonObject,
  before: JsonObject,
  path: JsonPath,
  locations: Locations,
): JsonObject {
  const undone = undo(document, before, path, locations);
  return isObject(undone) ? undone : document;
}

function undo(now: Json, before: Json | undefined, path: JsonPath, locations: Locations): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return before;
  if (isList(now)) {
    const earlier = isList(before) ? before[Number(key)] : undefined;
    const items = now.flatMap((item, index) => {
      const kept = index === key ? undo(item, earlier, rest, locations) : item;
      return kept === undefined ? [] : [kept];
    });
    locations.carry(now, items);
    return items;
  }
  if (!isObject(now)) return now;
  const earlier = isObject(before) ? before[key] : undefined;
  const value = undo(now[key] ?? null, earlier, rest, locations);
  const members = Object.entries(now).filter(([name]) => name !== String(key) || value !== undefined);
  const copy: JsonObject = Object.fromEntries(
    members.map(([name, member]) => [name, name === String(key) ? (value ?? null) : member]),
  );
  locations.carry(now, copy);
  return copy;
}
