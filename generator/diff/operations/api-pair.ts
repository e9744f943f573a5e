import { isList, isObject, type Json, type JsonList, type JsonObject } from "../../load/json.ts";
import { dereference } from "../../model/contract-reader.ts";
import type { OperationModel } from "../../model/model.ts";
import type { Change, Report } from "../change.ts";
import { canonicalText } from "../schemas/canonical.ts";
import { TermComparison } from "../schemas/compare-terms.ts";
import { Normaliser } from "../schemas/normaliser.ts";
import type { Origin } from "../schemas/shape.ts";
import { Judged } from "../sides/judged.ts";
import { Locator, originOf, type Spot } from "../sides/locator.ts";
import type { ApiSide } from "../sides/read-side.ts";

/** One API before and after a change, and the means to compare the two. */
export interface ApiPair {
  readonly name: string;
  readonly base: ApiSide;
  readonly head: ApiSide;
  readonly terms: TermComparison;
  readonly locator: Locator;
  readonly judged: { readonly base: Judged; readonly head: Judged };
  readonly report: Report;
}

export function pairApis(base: ApiSide, head: ApiSide, report: Report): ApiPair {
  const judged = { base: new Judged(base.side.places), head: new Judged(head.side.places) };
  return {
    name: head.api.name,
    base,
    head,
    terms: new TermComparison(
      new Normaliser(base.api.document, judged.base.addSchema),
      new Normaliser(head.api.document, judged.head.addSchema),
    ),
    locator: new Locator(base, head),
    judged,
    report,
  };
}

/** An operation before and after. */
export interface OperationPair extends ApiPair {
  readonly operations: { readonly base: OperationModel; readonly head: OperationModel };
}

/** What a change says, without its place. */
export type Told = Pick<Change, "rule" | "subject" | "message" | "news">;

/** Tells of a change of an API, or of one of its operations. */
export function tell(pair: ApiPair, spot: Spot, told: Told, operation?: string): void {
  const located = pair.locator.locate(spot);
  pair.report({ ...located, ...told, api: pair.name, ...(operation !== undefined && { operation }) });
}

/** The same for a change that one sentence says whatever it is about. */
export function sentence(rule: Told["rule"], subject: string, message: string, news = message): Told {
  return { rule, subject, message: () => message, news: () => news };
}

/** Two nodes behind their references. `swap` is the head's reference when it leads elsewhere than the base's. */
export function resolvePair(
  pair: ApiPair,
  base: Json | undefined,
  head: Json | undefined,
): { readonly base: JsonObject; readonly head: JsonObject; readonly swap: Origin | undefined } {
  const [before, after] = [isObject(base) ? base : undefined, isObject(head) ? head : undefined];
  const isSwapped = after?.$ref !== undefined && after.$ref !== before?.$ref;
  if (before) pair.judged.base.add(before, "$ref");
  if (after) pair.judged.head.add(after, "$ref");
  const [resolvedBefore, resolvedAfter] = [
    dereference(pair.base.api.document, base),
    dereference(pair.head.api.document, head),
  ];
  pair.judged.base.addNode(resolvedBefore);
  pair.judged.head.addNode(resolvedAfter);
  return {
    base: resolvedBefore,
    head: resolvedAfter,
    swap: isSwapped ? originOf(after, "$ref") : undefined,
  };
}

/** Keys that both sides say alike, judged as a whole; the first that they do not. */
export function firstDifferent(
  pair: ApiPair,
  base: JsonObject,
  head: JsonObject,
  keys: readonly string[],
): string | undefined {
  pair.judged.base.addWhole(base, ...keys);
  pair.judged.head.addWhole(head, ...keys);
  return keys.find((key) => canonicalText(base[key] ?? null) !== canonicalText(head[key] ?? null));
}

/** Says of the keys of a node of both sides that their parts are judged one by one. */
export function judgeKeys(
  pair: ApiPair,
  base: JsonObject | JsonList,
  head: JsonObject | JsonList,
  keys?: readonly string[],
): void {
  pair.judged.base.add(base, ...(keys ?? Object.keys(base)));
  pair.judged.head.add(head, ...(keys ?? Object.keys(head)));
}

/** What the keys of a node hold, by the grammar: maps and lists, whose own keys count as judged with them. */
export function judgeContainers(
  pair: ApiPair,
  base: JsonObject,
  head: JsonObject,
  keys: readonly string[],
): void {
  judgeKeys(pair, base, head, keys);
  for (const key of keys) {
    for (const [side, node] of [
      ["base", base],
      ["head", head],
    ] as const) {
      const value = node[key];
      if (isObject(value) || isList(value)) pair.judged[side].add(value, ...Object.keys(value));
    }
  }
}
