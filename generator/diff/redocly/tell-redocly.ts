import type { Change } from "../change.ts";
import type { ApiPair } from "../operations/api-pair.ts";
import type { DiffRuleId } from "../rules.ts";
import { segmentsOf } from "../sides/pointer.ts";
import { TEXTS } from "../readers/texts.ts";
import { nameOwner } from "../readers/name-keys.ts";
import type { RedoclyChange } from "./run-redocly-diff.ts";

/** What Redocly lists, and where it is told. */
export interface Told extends Pick<Change, "at" | "was"> {
  readonly change: RedoclyChange;
}

/** What is written differently and accepts the same: once for each place, where the way that it is written now stands. */
export function toEquivalents(all: readonly Told[], pair: ApiPair): Change[] {
  const groups = Map.groupBy(all, ({ change }) => titleOf(change, pair).title);
  return [...groups].flatMap(([title, group]) => {
    const first = group.find(({ was }) => !was) ?? group[0];
    const ids = group.flatMap(({ change }) => (change.impact === "major" ? change.ruleIds : []));
    const alone =
      ids.length > 0
        ? `, which redocly diff alone calls breaking (${[...new Set(ids)].sort().join(", ")})`
        : "";
    if (!first) return [];
    return changeOf("compatible/equivalent", pair, first, titleOf(first.change, pair), {
      message: `${title} is written differently and means the same${alone}`,
      news: `${title} is described differently and means the same`,
    });
  });
}

/** What no comparison looked at: Redocly's verdict stands. */
export function toLeftover(told: Told, pair: ApiPair): Change {
  const { change } = told;
  const named = titleOf(change, pair);
  const isKeyword = change.property !== undefined && change.property !== "key";
  const name = isKeyword ? `${change.property} of ${named.title}` : named.title;
  const rule = ruleOf(change);
  const said = change.messages.join(" ");
  const what = change.kind === "modified" ? "changed" : `was ${change.kind}`;
  const text = said === "" ? `${name} ${what}` : said.replace(/\.$/, "");
  const isBreaking = rule === "breaking/unproved";
  return changeOf(rule, pair, told, named, {
    message: isBreaking ? `${text}: cannot be proved compatible` : text,
    news: `${name} ${what}`,
  });
}

/** Whether a change is of what only readers see, which the comparison of documentation tells. */
export function isDocumentation({ typeName, property = "", base, head }: RedoclyChange): boolean {
  const keys = [base, head].flatMap((place) => (place ? segmentsOf(place.pointer) : []));
  const isInExample = keys.some((key) => /^(examples?|links)$/.test(key));
  return (
    isInExample || keys.some((key) => key.startsWith("x-")) || TEXTS.has(property) || TOLD.test(typeName)
  );
}

/** Redocly's names of what only readers see. */
const TOLD =
  /^(Tag|Example|NamedExamples|ExternalDocs|Info|Contact|License|Link|NamedLinks|Root|XCodeSample)/;

/** What is called when something happens is an operation as well. */
const CALLS = /Callback|Webhook/;

function ruleOf({ typeName, impact }: RedoclyChange): DiffRuleId {
  if (impact === "major") return "breaking/unproved";
  return impact === "minor" && CALLS.test(typeName)
    ? "compatible/operation-added"
    : "compatible/documentation";
}

/** `Patient.firstName`. */
function titleOf({ head, base }: RedoclyChange, { name }: ApiPair): Title {
  const spot = head ?? base;
  const isContract = spot?.file.split("/").at(-2) !== "shared";
  const keys = segmentsOf(spot?.pointer ?? "#/").filter((key) => key !== "");
  const { title, place = name } = nameOwner(isContract ? keys : ["components", "shared", ...keys]);
  return { title, place };
}

interface Title {
  readonly title: string;
  readonly place: string;
}

function changeOf(
  rule: DiffRuleId,
  pair: ApiPair,
  { at, was }: Told,
  { title, place: name }: Title,
  { message, news }: { readonly message: string; readonly news: string },
): Change {
  return {
    rule,
    at,
    ...(was && { was }),
    api: pair.name,
    place: name,
    subject: title,
    message: () => message,
    news: () => news,
    evidence: { base: [], head: [] },
  };
}
