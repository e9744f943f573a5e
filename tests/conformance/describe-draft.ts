import { isList, isObject, type Json } from "../../generator/load/json.ts";
import type { Draft } from "./cases/draft.ts";
import { codePoints } from "./oracle/code-points.ts";

/** What a request is made of, without a value of it: names of the contract, types and sizes. */
export function describeDraft(draft: Draft, isKnown: (name: string) => boolean): string {
  const known = (name: string) => (isKnown(name) ? name : "a name of no contract");
  const query = draft.query.map(([name, text]) => `${known(name)} of ${sizeOf(text)}`);
  const headers = draft.headers.map(
    ([name, text]) => `${known(name)} ${typeof text === "string" ? `of ${sizeOf(text)}` : text.etag}`,
  );
  return [
    `case: ${draft.aim}`,
    `path ${[draft.path.subject, ...Object.keys(draft.path.texts).map((name) => `another ${name}`)].join(", ")}`,
    ...(query.length > 0 ? [`query ${few(query)}`] : []),
    ...(headers.length > 0 ? [`headers ${few(headers)}`] : []),
    ...(draft.cursor === undefined ? [] : [`cursor ${draft.cursor}`]),
    ...(draft.body
      ? [
          `body ${"json" in draft.body ? shapeOf(draft.body.json, known, 3) : `${draft.body.hex.length / 2} bytes`}`,
        ]
      : []),
  ].join("; ");
}

function shapeOf(value: Json, known: (name: string) => string, depth: number): string {
  if (typeof value === "string") return `string(${codePoints(value).length})`;
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  if (isList(value)) {
    const [first] = value;
    return first === undefined || depth === 0
      ? `array(${value.length})`
      : `array(${value.length}) of ${shapeOf(first, known, depth - 1)}`;
  }
  if (!isObject(value) || depth === 0) return "object";
  return `{${few(Object.entries(value).map(([name, member]) => `${known(name)} ${shapeOf(member, known, depth - 1)}`))}}`;
}

function sizeOf(text: string): string {
  return `${codePoints(text).length} characters`;
}

/** Equal ones once, with their number. */
function few(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const all = [...counts].map(([text, count]) => (count === 1 ? text : `${count} times ${text}`));
  return all.length > 12 ? `${all.slice(0, 12).join(", ")} and ${all.length - 12} more` : all.join(", ");
}
