import type { Position } from "../finding.ts";
import { isList, isObject, type Json } from "../load/json.ts";
import { changesBetween, type JsonPath } from "./changes-between.ts";

/**
 * The first place that a generated list of places (`provenance.json`) names otherwise than before: lines above it were put in
 * or taken out, and nothing else may have changed. `undefined` for a file that names no places.
 */
export function shiftedLine(before: string | undefined, after: string | undefined): Position | undefined {
  const [old, now] = [parse(before), parse(after)];
  if (old === undefined || now === undefined) return undefined;
  for (const path of changesBetween(old, now)) {
    const place = placeAt(now, path);
    if (place) return place;
  }
  return undefined;
}

function placeAt(root: Json, path: JsonPath): Position | undefined {
  let [node, place]: [Json | undefined, Position | undefined] = [root, undefined];
  for (const key of path) {
    node = isList(node) ? node[Number(key)] : isObject(node) ? node[key] : undefined;
    place = (isObject(node) ? parsePlace(node.source) : undefined) ?? place;
  }
  return place;
}

function parsePlace(source: Json | undefined): Position | undefined {
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/.exec(typeof source === "string" ? source : "") ?? [];
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}

function parse(text: string | undefined): Json | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
