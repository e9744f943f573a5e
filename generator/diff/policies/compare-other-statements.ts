import { walkElements } from "../../policies/xml.ts";
import { canonicalXml } from "./canonical-xml.ts";
import { blame, blameLost, tellPolicy, type PolicyContext } from "./policy-context.ts";
import type { Statement } from "./statement.ts";
import { tellUnjudged } from "./tell-unjudged.ts";

/** Compares everything that no rule knows; of what the gateway answers by itself, whether it is new. */
export function compareOtherStatements(
  before: readonly Statement[],
  after: readonly Statement[],
  context: PolicyContext,
): void {
  const lost = without(before, after);
  const gained = without(after, before);
  if (lost.length + gained.length === 0) {
    tellOrder(before, after, context);
    return;
  }
  for (const statement of gained) {
    const known =
      lost.find((other) => isAlike(other, statement)) ??
      lost.find((other) => isAtSamePlace(other, statement));
    if (known) lost.splice(lost.indexOf(known), 1);
    tellGained(statement, known, context);
  }
  for (const statement of lost) tellLost(statement, context);
}

/** The same statement, under other conditions. */
function isAlike(a: Statement, b: Statement): boolean {
  return a.section === b.section && canonicalXml(a.element) === canonicalXml(b.element);
}

/** Another statement of the same name, under the same conditions. */
function isAtSamePlace(a: Statement, b: Statement): boolean {
  const nameOf = ({ element }: Statement): string => `${element.name} ${element.attributes.name ?? ""}`;
  return (
    a.section === b.section &&
    nameOf(a) === nameOf(b) &&
    a.scope === b.scope &&
    a.conditions.join() === b.conditions.join()
  );
}

function keyOf({ section, conditions, element }: Statement): string {
  return [section, ...conditions, canonicalXml(element)].join("\n");
}

/** Those of the first list that the second does not have, each as often as it lacks it. */
function without(statements: readonly Statement[], others: readonly Statement[]): Statement[] {
  const left = others.map(keyOf);
  return statements.filter((statement) => {
    const index = left.indexOf(keyOf(statement));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** Headers and query parameters of different names, set to constants or deleted, can be set in any order. */
function commute(a: Statement, b: Statement): boolean {
  const isSetting = ({ element }: Statement): boolean =>
    /^set-(header|query-parameter)$/.test(element.name) && !canonicalXml(element).includes("@");
  const nameOf = ({ element }: Statement): string =>
    `${element.name} ${(element.attributes.name ?? "").toLowerCase()}`;
  return isSetting(a) && isSetting(b) && nameOf(a) !== nameOf(b);
}

/** Whether every two statements that changed places can do so. */
function areOrderedAlike(before: readonly Statement[], after: readonly Statement[]): boolean {
  const rank = new Map(after.map((statement, index) => [keyOf(statement), index]));
  const rankOf = (statement: Statement): number => rank.get(keyOf(statement)) ?? -1;
  return before.every((one, index) =>
    before.slice(index + 1).every((other) => rankOf(one) <= rankOf(other) || commute(one, other)),
  );
}

function tellOrder(before: readonly Statement[], after: readonly Statement[], context: PolicyContext): void {
  if (areOrderedAlike(before, after)) return;
  const index = after.findIndex((statement, at) => {
    const other = before[at];
    return !other || keyOf(other) !== keyOf(statement);
  });
  const moved = after[index];
  if (moved)
    tellUnjudged(`${moved.element.name} runs at another time`, blame(moved, undefined, context), context);
}

function tellGained(statement: Statement, known: Statement | undefined, context: PolicyContext): void {
  const place = blame(statement, known, context);
  const { name } = statement.element;
  const status = refusalOf(statement);
  if (known) {
    const what = isAlike(known, statement) ? "runs under another condition" : "changed";
    tellUnjudged(`${name} in ${statement.section} ${what}`, place, context);
  } else if (takesPromised(statement, context)) {
    const header = statement.element.attributes.name ?? "";
    tellPolicy(context, place, "breaking/response-header-removed", {
      message: `set-header takes the header ${header} away, which the contract promises`,
      news: `the header \`${header}\` is gone`,
    });
  } else if (status !== undefined)
    tellPolicy(context, place, "breaking/gateway-refusal", {
      message: `return-response answers ${status} to calls that were passed on`,
      news: `the gateway may answer ${status}`,
    });
  else tellUnjudged(`${name} in ${statement.section} is new`, place, context);
}

function tellLost(statement: Statement, context: PolicyContext): void {
  const place = blameLost(statement, context);
  const status = refusalOf(statement);
  if (status !== undefined) {
    const text = `the gateway does not answer ${status} by itself any more`;
    tellPolicy(context, place, "compatible/policy-loosened", { message: text, news: text });
  } else tellUnjudged(`${statement.element.name} in ${statement.section} is gone`, place, context);
}

/** Whether a header that an answer of the contract declares is deleted. */
function takesPromised({ element, section }: Statement, { operation }: PolicyContext): boolean {
  const { name = "", "exists-action": action } = element.attributes;
  const declared = operation.responses.flatMap(({ headers }) => headers.map((header) => header.name));
  const isDeletion = element.name === "set-header" && action === "delete" && section === "outbound";
  return isDeletion && declared.includes(name.toLowerCase());
}

/** The failure that a `return-response` answers with. Without a status it is 200. */
function refusalOf({ element }: Statement): string | undefined {
  if (element.name !== "return-response") return undefined;
  const code = [...walkElements(element)].find(({ name }) => name === "set-status")?.attributes.code ?? "200";
  return /^[45]\d\d$/.test(code) ? code : undefined;
}
