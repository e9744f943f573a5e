import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { refuse, type Position } from "../finding.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import type { Locations } from "./locations.ts";

/**
 * Reads a YAML document into plain values and records where each was written. Takes the part of YAML that JSON can say:
 * no anchors, no tags, no non-finite numbers.
 * @param file its name in findings, relative to the repository
 * @throws {ContractError} at the first thing that is wrong
 */
export function parseYaml(file: string, text: string, locations: Locations): JsonObject {
  const lines = new LineCounter();
  const document = parse(file, text, lines);
  const value = new Converter(file, lines, locations).convert(document.contents);
  if (!isObject(value)) refuse({ file, line: 1, column: 1 }, "yaml/mapping", "a mapping is expected here");
  return value;
}

function parse(file: string, text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> {
  const document = guardDepth(file, () =>
    parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: false }),
  );
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const { line, col } = lineCounter.linePos(problem.pos[0]);
    refuse({ file, line, column: col }, "yaml/syntax", problem.message);
  }
  return document;
}

/** The parser recurses: a document that nests too deeply ends as an overflow of the stack. */
function guardDepth<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) refuse({ file, line: 1, column: 1 }, "yaml/depth", "nested too deeply");
    throw error;
  }
}

const MAX_DEPTH = 100;

class Converter {
  readonly #file: string;
  readonly #lines: LineCounter;
  readonly #locations: Locations;

  constructor(file: string, lines: LineCounter, locations: Locations) {
    this.#file = file;
    this.#lines = lines;
    this.#locations = locations;
  }

  convert(node: unknown, depth = 0): Json {
    if (node === null) return null;
    if (depth > MAX_DEPTH) refuse(this.#at(node), "yaml/depth", "nested too deeply");
    if (isAlias(node))
      refuse(this.#at(node), "yaml/alias", `use a $ref instead of the alias *${node.source}`);
    if (isMap(node)) return this.#map(node, depth);
    if (isSeq(node)) return this.#list(node, depth);
    if (isScalar(node)) return this.#scalar(node.value, node);
    return refuse(this.#at(node), "yaml/value", "a value that JSON can say is expected here");
  }

  #map(node: YAMLMap, depth: number): JsonObject {
    const members = new Map<string, Position>();
    const entries = node.items.map(({ key, value }): [string, Json] => {
      const name = this.#key(key);
      members.set(name, this.#at(key));
      return [name, this.convert(value, depth + 1)];
    });
    const object: JsonObject = Object.fromEntries(entries);
    this.#locations.record(object, this.#at(node), members);
    return object;
  }

  #key(key: unknown): string {
    const value = isScalar(key) ? key.value : undefined;
    if (typeof value !== "string" && typeof value !== "number") {
      refuse(this.#at(key), "yaml/key", "a key is a name or a number");
    }
    if (value === "__proto__") refuse(this.#at(key), "yaml/key", "__proto__ is no name for a key");
    return String(value);
  }

  #list(node: YAMLSeq, depth: number): Json {
    const members = new Map(node.items.map((item, index) => [String(index), this.#at(item)]));
    const list = node.items.map((item) => this.convert(item, depth + 1));
    this.#locations.record(list, this.#at(node), members);
    return list;
  }

  #scalar(value: unknown, node: unknown): Json {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    return refuse(this.#at(node), "yaml/value", "a value that JSON can say is expected here");
  }

  #at(node: unknown): Position {
    const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    const offset: unknown = Array.isArray(range) ? range[0] : 0;
    const { line, col } = this.#lines.linePos(typeof offset === "number" ? offset : 0);
    return { file: this.#file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}
