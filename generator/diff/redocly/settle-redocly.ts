import type { Position } from "../../finding.ts";
import type { Change } from "../change.ts";
import type { ApiPair } from "../operations/api-pair.ts";
import { placeKey } from "../sides/places.ts";
import { segmentsOf } from "../sides/pointer.ts";
import { reach } from "../sides/reach.ts";
import type { ApiSide } from "../sides/read-side.ts";
import type { RedoclyChange, RedoclyPlace, RedoclyReport } from "./run-redocly-diff.ts";
import { swapOnWay } from "./swap-on-way.ts";
import { isDocumentation, toEquivalents, toLeftover, type Told } from "./tell-redocly.ts";

/**
 * Goes through everything that `redocly diff` lists of an API, so that nothing is overlooked: what the comparison has found
 * itself is left alone; what it has looked at and found to mean the same is told so, also when Redocly calls it breaking;
 * what it has not looked at keeps Redocly's verdict.
 * @param changes what the comparison found
 */
export function settleRedocly(report: RedoclyReport, pair: ApiPair, changes: readonly Change[]): Change[] {
  const evidence = {
    base: new Set(changes.flatMap((change) => change.evidence.base.map(placeKey))),
    head: new Set(changes.flatMap((change) => change.evidence.head.map(placeKey))),
  };
  const view = { base: viewOf(pair.base), head: viewOf(pair.head) };
  const leftovers: Change[] = [];
  const equivalents: Told[] = [];
  for (const change of report.changes.filter((one) => !isJudgedElsewhere(one))) {
    const base = change.base && traceOf(change.base, pair.base, pair, evidence.base);
    const head = change.head && traceOf(change.head, pair.head, pair, evidence.head);
    const traces = [base, head].filter((trace) => trace !== undefined);
    const isHidden = (!base || view.base.isHidden(base.place)) && (!head || view.head.isHidden(head.place));
    if (isHidden || traces.some(({ isEvidence }) => isEvidence)) continue;
    const swap = swapOnWay(segmentsOf(change.path), pair);
    if (isDocumentation(change) && !swap) continue;
    const told = { change, ...(swap ? { at: swap } : placeInHead(change, pair)) };
    if (!traces.every(({ isJudged }) => isJudged)) leftovers.push(toLeftover(told, pair));
    else if (!traces.some(({ isWithinEvidence }) => isWithinEvidence)) equivalents.push(told);
  }
  return [...leftovers, ...toEquivalents(equivalents, pair)];
}

/** Policies, products and what is internal are judged by what the gateway makes of them; the version is the verdict's. */
const ELSEWHERE: ReadonlySet<string> = new Set(["x-apim-policies", "x-apim-products", "x-internal"]);

function isJudgedElsewhere({ path, property, base, head }: RedoclyChange): boolean {
  const keys = [base, head].flatMap((place) => (place ? segmentsOf(place.pointer) : []));
  const isVersion = path === "#/info" && property === "version";
  return isVersion || [...keys, property ?? ""].some((key) => ELSEWHERE.has(key));
}

interface Trace {
  readonly place: string;
  readonly isJudged: boolean;
  readonly isEvidence: boolean;
  /** It is part of something that a change was found in. */
  readonly isWithinEvidence: boolean;
}

function traceOf(place: RedoclyPlace, api: ApiSide, pair: ApiPair, evidence: ReadonlySet<string>): Trace {
  const { file } = place;
  const keys = segmentsOf(place.pointer);
  const { places } = api.side;
  const judged = api === pair.base ? pair.judged.base : pair.judged.head;
  const ways = keys.map((_, index) => placeKey(places.resolve(file, pointerOf(keys.slice(0, index + 1))).at));
  const own = ways.at(-1) ?? placeKey(places.resolve(file, place.pointer).at);
  return {
    place: own,
    isJudged: judged.has(own) || ways.some((way) => judged.hasWhole(way)),
    isEvidence: evidence.has(own),
    isWithinEvidence: ways.some((way) => evidence.has(way)),
  };
}

function pointerOf(keys: readonly string[]): string {
  return `#/${keys.map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
}

/** Where a change is told: for something that is gone, at what is left of the way to it. */
function placeInHead({ base, head, property }: RedoclyChange, pair: ApiPair): Pick<Change, "at" | "was"> {
  const { places } = pair.head.side;
  const isThere =
    head && (property === undefined || property === "key" || head.pointer.endsWith(`/${property}`));
  if (head) {
    const at = places.resolve(head.file, head.pointer).at;
    // A keyword that is gone is told at its schema.
    return isThere || !base ? { at } : { at, was: wasAt(base, pair) };
  }
  if (!base) return { at: places.resolve(pair.head.api.files[0], "#/").at };
  return { at: places.resolve(base.file, base.pointer).at, was: wasAt(base, pair) };
}

function wasAt(base: RedoclyPlace, pair: ApiPair): Position {
  return pair.base.side.places.resolve(base.file, base.pointer).at;
}

interface View {
  /** True for a place that only internal operations lead to. */
  readonly isHidden: (place: string) => boolean;
}

function viewOf(side: ApiSide): View {
  const { operations } = side.api;
  const shown = reach(
    side,
    operations.filter(({ internal }) => !internal),
  );
  const internal = reach(
    side,
    operations.filter((operation) => operation.internal),
  );
  return { isHidden: (place) => internal.has(place) && !shown.has(place) };
}
