import { isObject, objectOf } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";

/**
 * Removes the components that nothing outside `components` leads to. Security schemes are named, not referenced, and
 * stay.
 */
export function pruneComponents(document: JsonObject): JsonObject {
  const { components, ...rest } = document;
  const used = reachable(rest, objectOf(components));
  const sections = Object.entries(objectOf(components)).map(([section, entries]) => {
    const kept = Object.entries(objectOf(entries)).filter(
      ([name]) => section === "securitySchemes" || used.has(pointerOf(section, name)),
    );
    return [section, Object.fromEntries(kept)] as const;
  });
  const filled = sections.filter(([, entries]) => Object.keys(entries).length > 0);
  return { ...rest, components: Object.fromEntries(filled) };
}

function reachable(start: Json, components: JsonObject): Set<string> {
  const found = new Set<string>();
  const queue = referencesIn(start);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [section, name] = next;
    const pointer = pointerOf(section, name);
    if (found.has(pointer)) continue;
    found.add(pointer);
    queue.push(...referencesIn(objectOf(components[section])[name]));
  }
  return found;
}

type Reference = readonly [section: string, name: string];

function referencesIn(value: Json | undefined): Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  return [...referenceOf(value.$ref), ...Object.values(value).flatMap(referencesIn)];
}

function referenceOf(target: Json | undefined): Reference[] {
  const match = typeof target === "string" ? /^#\/components\/([^/]+)\/([^/]+)/.exec(target) : null;
  const [, section, name] = match ?? [];
  return section !== undefined && name !== undefined ? [[section, unescape(name)]] : [];
}

/** RFC 6901, section 4. */
function unescape(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}

function pointerOf(section: string, name: string): string {
  return `${section}/${name}`;
}
