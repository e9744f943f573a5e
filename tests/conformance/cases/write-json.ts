import type { Json } from "../../../generator/load/json.ts";
import type { JsonStyle } from "./draft.ts";

/** Writes JSON: without blanks, with many, with each character of its strings escaped, or behind a byte order mark. */
export function writeJson(value: Json, style: JsonStyle): Buffer {
  const text =
    style === "spaced" ? JSON.stringify(value, null, "\t").replaceAll("\n", "\r\n ") : JSON.stringify(value);
  if (style === "escaped") return Buffer.from(escapeStrings(text));
  return Buffer.from(style === "marked" ? `\uFEFF${text}` : text);
}

function escapeStrings(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (literal) => {
    const value = JSON.parse(literal) as string;
    return `"${value.split("").map(escapeUnit).join("")}"`;
  });
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
