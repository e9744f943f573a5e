import {
  isList,
  isObject,
  isSchema,
  listAt,
  without,
  type Json,
  type JsonObject,
  type Schema,
} from "../../load/json.ts";
import { dereference } from "../../model/contract-reader.ts";
import { accepts, fits } from "./accepts.ts";
import { canonicalSchema } from "./canonical.ts";
import { findKeyword } from "./find-keyword.ts";
import { intersect, TooComplex } from "./intersect.ts";
import { areDisjoint } from "./are-disjoint.ts";
import { isSatisfiable, settleValues } from "./settle-values.ts";
import { readShapes } from "./read-shape.ts";
import {
  demandKey,
  EVERYTHING,
  FREE,
  isFree,
  JSON_TYPES,
  NEVER,
  type Demand,
  type JsonType,
  type Normal,
  type Shape,
  type Term,
} from "./shape.ts";

/** How deep schemas are joined into one another. */
const MAX_DEPTH = 64;

/** Brings the schemas of one bundled document into a form in which equivalent ones are equal. */
export class Normaliser {
  readonly document: JsonObject;
  readonly #onRead: (node: JsonObject) => void;
  readonly #ids = new WeakMap<JsonObject, number>();
  readonly #normals = new Map<string, Normal>();
  readonly #open = new Set<string>();
  #lastId = 0;
  #depth = 0;

  /** @param onRead told of every schema object whose keywords were taken into account */
  constructor(document: JsonObject, onRead: (node: JsonObject) => void = () => undefined) {
    this.document = document;
    this.#onRead = onRead;
  }

  /** One text for one term. */
  keyOf(term: Term): string {
    return term.map((schema) => (isObject(schema) ? this.#idOf(schema) : String(schema))).join("&");
  }

  /** What a term accepts. */
  readonly normalise = (term: Term): Normal => {
    const key = this.keyOf(term);
    const known = this.#normals.get(key);
    if (known) return known;
    // Of a recursive term that is being looked at, no more is known than how it is written.
    if (this.#open.has(key)) return this.#asWhole(term);
    this.#open.add(key);
    const normal = this.#simplify(this.#joined(term));
    this.#open.delete(key);
    this.#normals.set(key, normal);
    return normal;
  };

  /** A schema as text, for what is compared as a whole. */
  readonly write = (schema: Json): string =>
    isSchema(schema) ? canonicalSchema(schema, this.document, this.#onRead) : this.#writeMany(schema);

  /** The same for a term. */
  writeTerm(term: Term): string {
    return term
      .map((schema) => this.write(schema))
      .sort()
      .join("&");
  }

  #writeMany(schemas: Json): string {
    return isList(schemas) ? `[${schemas.map(this.write).join(",")}]` : JSON.stringify(schemas);
  }

  #joined(term: Term): Normal {
    try {
      return term.map((schema) => this.#read(schema)).reduce(intersect, EVERYTHING);
    } catch (error) {
      if (!(error instanceof TooComplex)) throw error;
      return this.#asWhole(term);
    }
  }

  #read(schema: Schema): Normal {
    if (!isObject(schema)) return schema ? EVERYTHING : NEVER;
    if (this.#depth >= MAX_DEPTH) throw new TooComplex();
    this.#depth += 1;
    try {
      return this.#readObject(schema);
    } finally {
      this.#depth -= 1;
    }
  }

  #readObject(node: JsonObject): Normal {
    this.#onRead(node);
    const own = readShapes(node, this.write);
    let normal: Normal = new Map([...own].map(([type, shape]): [JsonType, Shape[]] => [type, [shape]]));
    if (node.$ref !== undefined) normal = intersect(normal, this.#read(dereference(this.document, node)));
    for (const one of schemasOf(node, "allOf")) normal = intersect(normal, this.#read(one));
    if ("anyOf" in node) normal = intersect(normal, this.#oneOrMoreOf(schemasOf(node, "anyOf")));
    if ("oneOf" in node) normal = intersect(normal, this.#exactlyOneOf(node));
    return "unevaluatedProperties" in node ? closeUnevaluated(normal, node, this.document) : normal;
  }

  #oneOrMoreOf(schemas: readonly Schema[]): Normal {
    return this.#simplify(unite(schemas.map((schema) => this.#simplify(this.#read(schema)))));
  }

  /** Alternatives of which no two can hold at once are as good as those of `anyOf`. */
  #exactlyOneOf(node: JsonObject): Normal {
    const branches = schemasOf(node, "oneOf").map((schema) => this.#simplify(this.#read(schema)));
    const united = this.#simplify(unite(branches));
    const areApart = branches.every((one, index) =>
      branches.slice(index + 1).every((other) => areDisjoint(one, other, this.normalise)),
    );
    if (areApart) return united;
    const value = schemasOf(node, "oneOf").map(this.write).sort();
    return intersect(united, demanding({ keyword: "oneOf", value, origin: { node, key: "oneOf" } }));
  }

  /** Values that other keywords refuse are none, and values that the others accept need no other keyword. */
  #simplify(normal: Normal): Normal {
    const types = [...normal].map(([type, shapes]): [JsonType, Shape[]] => {
      const settled = shapes.map((shape) => settleValues(shape, this.normalise)).filter(isSatisfiable);
      return [type, this.#dropContained(uniteValues(settled).map((shape) => withoutFullList(type, shape)))];
    });
    return new Map(types.filter(([, shapes]) => shapes.length > 0));
  }

  /** Listed values that another alternative accepts anyway add nothing. */
  #dropContained(shapes: readonly Shape[]): Shape[] {
    if (shapes.some(isFree)) return [FREE];
    return shapes.filter(({ values }) => {
      const others = shapes.filter((shape) => shape.values === undefined);
      const listed = [...(values?.byText.values() ?? [])];
      const isContained = (value: Json): boolean =>
        others.some((other) => fits(other, value, this.normalise) === true);
      return values === undefined || !listed.every(isContained);
    });
  }

  #asWhole(term: Term): Normal {
    const [node = {}] = term.filter(isObject);
    const value = term.map((schema) => this.write(schema)).sort();
    return demanding({ keyword: "schema", value, origin: { node, key: "type" } });
  }

  #idOf(node: JsonObject): string {
    const known = this.#ids.get(node) ?? ++this.#lastId;
    this.#ids.set(node, known);
    return String(known);
  }

  /** Whether a term accepts a value; `undefined` when that cannot be told. */
  accepts(term: Term, value: Json): boolean | undefined {
    return accepts(this.normalise(term), value, this.normalise);
  }
}

function schemasOf(node: JsonObject, key: string): Schema[] {
  return listAt(node, key).filter(isSchema);
}

/** Everything that meets one demand. */
function demanding(demand: Demand): Normal {
  const shape: Shape = { ...FREE, demands: new Map([[demandKey(demand), demand]]) };
  return new Map(JSON_TYPES.map((type) => [type, [shape]]));
}

function unite(normals: readonly Normal[]): Normal {
  return new Map(JSON_TYPES.map((type) => [type, normals.flatMap((normal) => normal.get(type) ?? [])]));
}

/** Alternatives that only list values are one list. */
function uniteValues(shapes: readonly Shape[]): Shape[] {
  const listed = shapes.filter(isOnlyValues);
  const [first, ...others] = listed;
  if (!first?.values || others.length === 0) return [...shapes];
  const byText = new Map(listed.flatMap(({ values }) => [...(values?.byText ?? [])]));
  const one: Shape = { ...first, values: { ...first.values, byText } };
  return [one, ...shapes.filter((shape) => !isOnlyValues(shape))];
}

/** A list of all the values that a type has says nothing. */
function withoutFullList(type: JsonType, shape: Shape): Shape {
  const counts: Readonly<Partial<Record<JsonType, number>>> = { boolean: 2, null: 1 };
  return isOnlyValues(shape) && shape.values?.byText.size === counts[type] ? FREE : shape;
}

function isOnlyValues(shape: Shape): boolean {
  return shape.values !== undefined && shape.limits.size === 0 && shape.demands.size === 0;
}

/**
 * `unevaluatedProperties` is about the names that no schema beside or within it has evaluated. Where those are known, it is
 * what `additionalProperties` is for one schema; where one of those schemas speaks of all names, nothing is left for it.
 */
function closeUnevaluated(normal: Normal, node: JsonObject, document: JsonObject): Normal {
  const schema = node.unevaluatedProperties;
  const shapes = normal.get("object");
  const rest = without(node, "unevaluatedProperties");
  const speaksOfAll = ["additionalProperties", "unevaluatedProperties"].some((key) =>
    findKeyword(rest, key, document),
  );
  if (!shapes || !isSchema(schema) || schema === true || speaksOfAll) return normal;
  const isUnknown =
    shapes.some(({ demands }) => demands.size > 0) ||
    ["anyOf", "oneOf", "if", "not"].some((key) => findKeyword(node, key, document));
  if (isUnknown || shapes.length > 1) throw new TooComplex();
  const member = { term: [schema], origin: { node, key: "unevaluatedProperties" } };
  return new Map([...normal, ["object", shapes.map((shape) => ({ ...shape, additional: member }))]]);
}
