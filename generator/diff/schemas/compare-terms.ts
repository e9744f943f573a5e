import {
  isList,
  isObject,
  isSchema,
  listAt,
  stringAt,
  type Json,
  type JsonObject,
  type Schema,
} from "../../load/json.ts";
import { canonicalText } from "./canonical.ts";
import { compareShapes, type Pair } from "./compare-shapes.ts";
import { acceptsMore, refusesMore, type Difference, type DifferenceKind } from "./difference.ts";
import { findKeyword } from "./find-keyword.ts";
import type { Normaliser } from "./normaliser.ts";
import { JSON_TYPES, type JsonType, type Normal, type Origin, type Shape, type Term } from "./shape.ts";

/** Compares what schemas accepted with what they accept. Says nothing of who sends the values. */
export class TermComparison {
  readonly base: Normaliser;
  readonly head: Normaliser;
  readonly #known = new Map<string, readonly Difference[]>();

  constructor(base: Normaliser, head: Normaliser) {
    this.base = base;
    this.head = head;
  }

  /** Every difference, each at its path; none when both accept the same. */
  readonly compare = (base: Term, head: Term): readonly Difference[] => {
    const key = `${this.base.keyOf(base)}|${this.head.keyOf(head)}`;
    const known = this.#known.get(key);
    if (known) return known;
    // A recursive pair is equal as far as it has not been found to differ.
    this.#known.set(key, []);
    const pair = this.#pairOf(base, head);
    const swap = swappedReference(base, head, this.base, this.head);
    const found = [
      ...annotationsOf(base, head, pair, this),
      ...this.#compareNormals(this.base.normalise(base), this.head.normalise(head), pair),
    ].map((difference) => (difference.swap || !swap ? difference : { ...difference, swap }));
    this.#known.set(key, found);
    return found;
  };

  #pairOf(base: Term, head: Term): Pair {
    return {
      baseNode: firstNode(base, this.base),
      headNode: firstNode(head, this.head),
      compare: this.compare,
      base: this.base,
      head: this.head,
    };
  }

  #compareNormals(base: Normal, head: Normal, pair: Pair): Difference[] {
    const common = JSON_TYPES.filter((type) => base.has(type) && head.has(type));
    const inTypes = common.flatMap((type) =>
      this.#compareAlternatives(type, base.get(type) ?? [], head.get(type) ?? [], pair),
    );
    return [...compareTypes(base, head, pair), ...onceEach(inTypes)];
  }

  #compareAlternatives(
    type: JsonType,
    base: readonly Shape[],
    head: readonly Shape[],
    pair: Pair,
  ): readonly Difference[] {
    const differ = (one: Shape, other: Shape): Difference[] => compareShapes(type, one, other, pair);
    const [onlyBase, ...moreBase] = base;
    const [onlyHead, ...moreHead] = head;
    if (onlyBase && onlyHead && moreBase.length + moreHead.length === 0) return differ(onlyBase, onlyHead);
    const lost = base.filter((one) => !head.some((other) => !differ(one, other).some(refusesMore)));
    const gained = head.filter((other) => !base.some((one) => !differ(one, other).some(acceptsMore)));
    const [first, second] = [lost[0], gained[0]];
    if (first && second && lost.length === 1 && gained.length === 1) return differ(first, second);
    return alternatives(lost.length, gained.length, pair);
  }
}

/** A schema with several types says its keywords for each of them. */
function onceEach(differences: readonly Difference[]): Difference[] {
  const text = ({ keyword, path, relation, from, to }: Difference): string =>
    JSON.stringify([keyword, path, relation, from, to]);
  return [...new Map(differences.map((difference) => [text(difference), difference])).values()];
}

function compareTypes(base: Normal, head: Normal, pair: Pair): Difference[] {
  const lost = JSON_TYPES.some((type) => base.has(type) && !head.has(type));
  const gained = JSON_TYPES.some((type) => head.has(type) && !base.has(type));
  if (!lost && !gained) return [];
  return [
    differenceOf(pair, "type", {
      relation: lost && gained ? "unclear" : lost ? "narrowed" : "widened",
      from: namesOf(base),
      to: namesOf(head),
    }),
  ];
}

function namesOf(normal: Normal): Json {
  if (normal.size === JSON_TYPES.length) return "anything";
  const names = JSON_TYPES.filter((type) => normal.has(type)).map((type) => {
    const shapes = normal.get(type) ?? [];
    const isInteger = type === "number" && shapes.every(({ demands }) => demands.has("multipleOf 1"));
    return isInteger ? "integer" : type;
  });
  return names.length === 0 ? "nothing" : names.join(" | ");
}

function alternatives(lost: number, gained: number, pair: Pair): Difference[] {
  if (lost + gained === 0) return [];
  const keyword =
    ["oneOf", "anyOf"].find((key) => findKeyword(pair.headNode, key, pair.head.document)) ?? "anyOf";
  const relation = lost > 0 && gained > 0 ? "unclear" : lost > 0 ? "narrowed" : "widened";
  const count = (number: number): Json | undefined =>
    number === 0 ? undefined : `${number} of its alternatives`;
  return [differenceOf(pair, keyword, { relation, from: count(lost), to: count(gained) })];
}

/** A difference in a keyword of the terms themselves. */
function differenceOf(
  pair: Pair,
  keyword: string,
  rest: Pick<Difference, "relation" | "from" | "to"> & { readonly kind?: DifferenceKind },
): Difference {
  return {
    kind: "value",
    path: [],
    keyword,
    base: findOneOf(pair.baseNode, keyword, pair.base.document),
    head: findOneOf(pair.headNode, keyword, pair.head.document),
    baseNode: pair.baseNode,
    headNode: pair.headNode,
    swap: undefined,
    ...rest,
  };
}

/** Which types there are can be said by alternatives, or by the values themselves. */
function findOneOf(node: JsonObject | undefined, keyword: string, document: JsonObject): Origin | undefined {
  const keys = keyword === "type" ? ["type", "anyOf", "oneOf", "enum", "const"] : [keyword];
  const own = keys.find((key) => node && key in node);
  return findKeyword(node, own ?? keyword, document);
}

const ANNOTATED: readonly (readonly [keyword: string, kind: DifferenceKind])[] = [
  ["default", "default"],
  ["deprecated", "deprecated"],
  ["readOnly", "read-only"],
  ["writeOnly", "write-only"],
];

/** What accepts and refuses nothing, and yet means something to clients. */
function annotationsOf(
  base: Term,
  head: Term,
  pair: Pair,
  { base: old, head: now }: TermComparison,
): Difference[] {
  return ANNOTATED.flatMap(([keyword, kind]): Difference[] => {
    const before = keywordOf(base, keyword, old.document);
    const after = keywordOf(head, keyword, now.document);
    const [from, to] = [valueAt(before, kind), valueAt(after, kind)];
    if (
      canonicalText(from ?? null) === canonicalText(to ?? null) &&
      (from === undefined) === (to === undefined)
    )
      return [];
    const difference = differenceOf(pair, keyword, { kind, relation: "unclear", from, to });
    return [{ ...difference, base: before, head: after }];
  });
}

/** A flag that is `false` is none. */
function valueAt(origin: Origin | undefined, kind: DifferenceKind): Json | undefined {
  const value = origin && !isList(origin.node) ? origin.node[origin.key] : undefined;
  return kind !== "default" && value === false ? undefined : value;
}

function keywordOf(term: Term, keyword: string, document: JsonObject): Origin | undefined {
  for (const schema of term) {
    const found = isObject(schema) ? findKeyword(schema, keyword, document) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The schema that a term is about: behind a reference, when it is nothing else. */
function firstNode(term: Term, { document }: Normaliser): JsonObject | undefined {
  const node = term.find(isObject);
  if (node?.$ref === undefined || Object.keys(node).length > 1) return node;
  return targetOf(node, document);
}

function targetOf(node: JsonObject, document: JsonObject): JsonObject | undefined {
  const [, , section = "", name = ""] = (stringAt(node, "$ref") ?? "").split("/");
  const components = document.components;
  const found = isObject(components) && isObject(components[section]) ? components[section][name] : undefined;
  return isObject(found) ? found : undefined;
}

/** The first reference of the head that the base does not have. */
function swappedReference(base: Term, head: Term, old: Normaliser, now: Normaliser): Origin | undefined {
  const known = new Set(referencesOf(base, old.document).map(({ node }) => node.$ref));
  return referencesOf(head, now.document).find(({ node }) => !known.has(node.$ref));
}

interface Reference extends Origin {
  readonly node: JsonObject;
}

function referencesOf(term: readonly Schema[], document: JsonObject, depth = 0): Reference[] {
  if (depth > 8) return [];
  return term.filter(isObject).flatMap((node) => {
    const target = node.$ref === undefined ? undefined : targetOf(node, document);
    const own: Reference[] = target ? [{ node, key: "$ref" }] : [];
    const behind = target ? referencesOf([target], document, depth + 1) : [];
    const parts = referencesOf(listAt(node, "allOf").filter(isSchema), document, depth + 1);
    return [...own, ...behind, ...parts];
  });
}
