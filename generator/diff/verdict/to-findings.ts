import type { Finding } from "../../finding.ts";
import type { Change } from "../change.ts";
import { impactOf } from "../rules.ts";
import { covers, WAIVERS_FILE, type Waiver } from "../waivers/waiver.ts";
import type { ApiVerdict } from "./judge-apis.ts";
import type { Entry } from "./merge-changes.ts";

/** The waiver that covers an instance of a change, if one does. */
export function waiverOf(change: Change, waivers: readonly Waiver[]): Waiver | undefined {
  return waivers.find((waiver) => covers(waiver, change));
}

/** The changes as findings: a breaking one is an error unless it is waived or the major version was raised. */
export function toFindings(
  entries: readonly Entry[],
  apis: readonly ApiVerdict[],
  waivers: readonly Waiver[],
): Finding[] {
  return entries.flatMap((entry) => {
    const open = entry.instances.filter((one) => isOpen(one, apis, waivers));
    const settled = entry.instances.filter((one) => !open.includes(one));
    return [
      ...(open.length > 0 ? [findingOf(entry, open, "error")] : []),
      ...(settled.length > 0 ? [findingOf(entry, settled, mildOf(entry), waivers)] : []),
    ];
  });
}

/** What no rule knows asks for a look. */
function mildOf({ change }: Entry): Finding["severity"] {
  return change.rule === "diff/policy-unjudged" ? "warning" : "note";
}

export function isOpen(change: Change, apis: readonly ApiVerdict[], waivers: readonly Waiver[]): boolean {
  const isRaised = apis.find(({ name }) => name === change.api)?.raised === "major";
  return impactOf(change.rule) === "major" && !isRaised && !waiverOf(change, waivers);
}

function findingOf(
  { change, message }: Entry,
  instances: readonly Change[],
  severity: Finding["severity"],
  waivers: readonly Waiver[] = [],
): Finding {
  const { at, was, rule, place, operation } = change;
  const waived = instances.map((one) => waiverOf(one, waivers)).find((waiver) => waiver !== undefined);
  const parts = [
    message,
    was ? ` (was ${was.file}:${was.line})` : "",
    operationsOf(instances, change),
    waived ? ` (waived until ${waived.expires}: ${waived.reason})` : "",
  ];
  const name = place ?? operation;
  const where = name === undefined ? "" : ` (at: ${name})`;
  return {
    ...at,
    severity,
    rule,
    message: parts.join(""),
    ...(severity === "error" && { hint: `waive it in ${WAIVERS_FILE}${where}, or raise the major version` }),
  };
}

const MOST_NAMED = 4;

/** ` [getPatient, updatePatient]`: whom it concerns, when the message does not say so. */
function operationsOf(instances: readonly Change[], { subject }: Change): string {
  const names = [...new Set(instances.flatMap(({ operation }) => operation ?? []))].filter(
    (name) => name !== subject,
  );
  if (names.length === 0) return "";
  const more = names.length - MOST_NAMED;
  const listed = names.slice(0, MOST_NAMED).join(", ");
  return more > 0 ? ` [${listed} and ${more} more]` : ` [${listed}]`;
}
