import { EXTENSIONS, GRAMMAR, type Kind } from "../../load/grammar.ts";
import { isList, isObject, objectAt, type Json, type JsonList, type JsonObject } from "../../load/json.ts";
import { sentence, tell, type ApiPair } from "../operations/api-pair.ts";
import { canonicalText } from "../schemas/canonical.ts";
import type { Origin } from "../schemas/shape.ts";
import { originOf } from "../sides/locator.ts";
import { placeKey } from "../sides/places.ts";
import { reach } from "../sides/reach.ts";
import type { ApiSide } from "../sides/read-side.ts";
import { nameKeys } from "./name-keys.ts";
import { UNSEEN } from "./reader-view.ts";
import { TEXTS } from "./texts.ts";

/** Kinds of which everything is for readers: nothing of them is ever sent. */
const TOLD: ReadonlySet<Kind> = new Set(["example", "link"]);

/** Tells what only readers of the published contract see: texts, examples, links, and what is recorded. */
export function compareDocumentation(pair: ApiPair): void {
  new Documentation(pair).compare();
}

class Documentation {
  readonly #pair: ApiPair;
  readonly #shown: ReadonlySet<string>;
  readonly #seen = new Set<object>();

  constructor(pair: ApiPair) {
    this.#pair = pair;
    this.#shown = reach(pair.head, publicOf(pair.head));
  }

  compare(): void {
    const [base, head] = [this.#pair.base.api.document, this.#pair.head.api.document];
    this.#node(base, head, "document");
    for (const key of ["title", "summary", "description", "contact", "license", "termsOfService"])
      this.#text(objectAt(base, "info"), objectAt(head, "info"), key);
  }

  #node(before: Json | undefined, after: Json | undefined, kind: Kind): void {
    if (!isObject(before) || !isObject(after) || this.#seen.has(after)) return;
    this.#seen.add(after);
    for (const key of new Set([...Object.keys(after), ...Object.keys(before)])) {
      const member = GRAMMAR[kind][key];
      const isRead = TEXTS.has(key) || TOLD.has(kind) || isOwnExtension(key, kind);
      if (member?.many === "map") this.#map(before[key], after[key], member.kind);
      else if (member?.many === "list") this.#list(before[key], after[key], member.kind);
      else if (member) this.#node(before[key], after[key], member.kind);
      else if (isRead) this.#text(before, after, key);
    }
  }

  #map(before: Json | undefined, after: Json | undefined, kind: Kind): void {
    const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
    for (const name of new Set([...Object.keys(now), ...Object.keys(old)])) {
      const isBoth = name in old && name in now;
      if (isBoth) this.#node(old[name], now[name], kind);
      else if (TOLD.has(kind)) this.#text(old, now, name);
    }
  }

  /** Items that are not the same are compared one by one. */
  #list(before: Json | undefined, after: Json | undefined, kind: Kind): void {
    const [old, now] = [isList(before) ? before : [], isList(after) ? after : []];
    const without = (list: JsonList, others: JsonList): Json[] => {
      const texts = new Set(others.map(canonicalText));
      return list.filter((item) => !texts.has(canonicalText(item)));
    };
    const [gone, made] = [without(old, now), without(now, old)];
    for (const [index, item] of made.entries()) this.#node(gone[index], item, kind);
  }

  #text(before: JsonObject, after: JsonObject, key: string): void {
    const [from, to] = [before[key], after[key]];
    if (canonicalText(from ?? null) === canonicalText(to ?? null)) return;
    const [base, head] = deepest({ node: before, key }, { node: after, key });
    const at = this.#pair.head.side.places.at(after, key);
    const isShown = at === undefined || this.#shown.has(placeKey(at)) || !this.#isOfOperations(after);
    if (!isShown) return;
    const path = [...(this.#pair.head.index.pathOf(after) ?? []), key];
    const { title } = nameKeys(path);
    const what = from === undefined ? "is new" : to === undefined ? "is gone" : "changed";
    const isRecord = key.startsWith("x-audit");
    const name = isRecord ? `what is recorded (${title})` : title;
    tell(
      this.#pair,
      { base, head, headNode: after },
      sentence(isRecord ? "compatible/off-the-wire" : "compatible/documentation", name, `${name} ${what}`),
    );
  }

  /** What stands outside of paths and components is seen by everybody. */
  #isOfOperations(node: object): boolean {
    const [root] = this.#pair.head.index.pathOf(node) ?? [];
    return root === "paths" || root === "components";
  }
}

function publicOf({ api }: ApiSide): ApiSide["api"]["operations"] {
  return api.operations.filter(({ internal }) => !internal);
}

function isOwnExtension(key: string, kind: Kind): boolean {
  const isJudged = UNSEEN.has(key) || kind === "schema" || kind === "parameter" || kind === "requestBody";
  return !isJudged && EXTENSIONS[kind]?.includes(key) === true;
}

/** The innermost place that differs. */
function deepest(before: Origin, after: Origin): [Origin | undefined, Origin | undefined] {
  const [from, to] = [valueAt(before), valueAt(after)];
  if (from === undefined || to === undefined) return [present(before, from), present(after, to)];
  const isSame = (isObject(from) && isObject(to)) || (isList(from) && isList(to));
  if (!isSame) return [before, after];
  const keys = [...new Set([...Object.keys(to), ...Object.keys(from)])];
  const key = keys.find((one) => {
    const [a, b] = [valueAt({ node: from, key: one }), valueAt({ node: to, key: one })];
    return canonicalText(a ?? null) !== canonicalText(b ?? null);
  });
  if (key === undefined || valueAt({ node: to, key }) === undefined) return [before, after];
  return deepest({ node: from, key }, { node: to, key });
}

function present(origin: Origin, value: Json | undefined): Origin | undefined {
  return value === undefined ? undefined : originOf(origin.node, origin.key);
}

function valueAt({ node, key }: Origin): Json | undefined {
  return isList(node) ? node[Number(key)] : node[key];
}
