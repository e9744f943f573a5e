import { GRAMMAR } from "../../load/grammar.ts";
import type { Spot } from "./spot.ts";

/** A schema and all that it is made of, each once, references followed. */
export function walkSchemas(root: Spot): Spot[] {
  const seen = new Map<string, Spot>();
  const waiting = [root];
  for (let schema = waiting.pop(); schema; schema = waiting.pop()) {
    const key = `${schema.location.source.absoluteRef}${schema.location.pointer}`;
    if (!schema.exists || seen.has(key)) continue;
    seen.set(key, schema);
    waiting.push(...partsOf(schema));
  }
  return [...seen.values()];
}

function partsOf(schema: Spot): Spot[] {
  return Object.entries(GRAMMAR.schema).flatMap(([keyword, { many }]) => {
    const member = schema.at(keyword);
    if (!member.exists) return [];
    if (many === "map") return member.members().map(([, part]) => part);
    return many === "list" ? member.items() : [member];
  });
}
