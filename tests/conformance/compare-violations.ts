import type { ValidatorError } from "../../runtime/operation.ts";
import type { Part } from "./contract/locations.ts";
import { membersOf } from "./contract/pointer.ts";
import type { RequestViolation } from "./oracle/received.ts";

/** A broken rule in a form that every part's can be brought to. */
export interface BrokenRule {
  readonly part: Part;
  /** The parameter's name; empty for the body, and for a part as a whole. */
  readonly name: string;
  /** The JSON pointer of the value within the body or the parameter. */
  readonly instance: string;
  readonly keyword: string;
  readonly missing: string;
}

const PARTS: Readonly<Record<string, Part>> = {
  path: "path",
  query: "query",
  headers: "header",
  body: "body",
};

/** What the oracle found, without what the product leaves untold (`expectations.ts`, `PECULIARITIES`). */
export function fromOracle(violations: readonly RequestViolation[]): BrokenRule[] {
  const told = violations.map(({ part, name, instance, keyword, missing = "" }) => ({
    part,
    name,
    instance,
    keyword,
    missing,
  }));
  // PECULIARITIES["long-arrays"]
  const long = told.filter(({ keyword }) => keyword === "maxItems");
  // PECULIARITIES["no-date-no-today"]
  const undated = told.filter(({ keyword }) => keyword === "format");
  return told.filter(
    (rule) =>
      !long.some((list) => isBelow(rule, list)) &&
      !(rule.keyword === "x-not-after-today" && undated.some((date) => isAt(rule, date))),
  );
}

/** What a generated validator found about `{ path, query, headers, body }`. */
export function fromValidator(errors: readonly ValidatorError[]): BrokenRule[] {
  const rules = errors.flatMap(({ instancePath, keyword, params }): BrokenRule[] => {
    const [first = "", ...members] = membersOf(instancePath);
    const part = PARTS[first];
    // `if` only says that `then` or `else` has a finding.
    if (part === undefined || keyword === "if") return [];
    const name = part === "body" ? "" : (members[0] ?? "");
    const depth = part === "body" ? 1 : 2;
    const missing = keyword === "required" ? String(params.missingProperty) : "";
    return [{ part, name, instance: behind(instancePath, depth), keyword, missing }];
  });
  const undated = rules.filter(({ keyword }) => keyword === "format");
  return rules.filter(
    (rule) => !(rule.keyword === "x-not-after-today" && undated.some((date) => isAt(rule, date))),
  );
}

/** As a problem names it: a pointer into the body or a parameter, and the rule. */
export function asError({ part, name, instance, keyword, missing }: BrokenRule): string {
  if (part !== "body") return `parameter ${name || missing || part} ${keyword}`;
  return `pointer ${instance}${missing === "" ? "" : `/${missing}`} ${keyword}`;
}

/** The same text for the same rule at the same place, whichever item of a list it is. */
export function describe({ part, name, instance, keyword, missing }: BrokenRule): string {
  const place = instance.replaceAll(/\/\d+(?=\/|$)/g, "/*");
  return [part, name, place, keyword, missing].filter((text) => text !== "").join(" ");
}

/** What the first list has and the second has not. */
export function difference(rules: readonly BrokenRule[], others: readonly BrokenRule[]): BrokenRule[] {
  const known = new Set(others.map(keyOf));
  return rules.filter((rule) => !known.has(keyOf(rule)));
}

function keyOf({ part, name, instance, keyword, missing }: BrokenRule): string {
  return [part, name, instance, keyword, missing].join("\n");
}

function isAt(one: BrokenRule, other: BrokenRule): boolean {
  return one.part === other.part && one.name === other.name && one.instance === other.instance;
}

function isBelow(one: BrokenRule, list: BrokenRule): boolean {
  return one.part === list.part && one.name === list.name && one.instance.startsWith(`${list.instance}/`);
}

function behind(pointer: string, members: number): string {
  return pointer
    .split("/")
    .slice(members + 1)
    .map((member) => `/${member}`)
    .join("");
}
