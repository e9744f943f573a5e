import { startOf, type Position } from "../../finding.ts";
import type { ApiModel, OperationModel } from "../../model/model.ts";
import { childElements, type XmlElement } from "../../policies/xml.ts";
import type { Change, Report } from "../change.ts";
import { canonicalXml } from "./canonical-xml.ts";
import type { PolicySide } from "./flatten-policies.ts";
import type { Statement } from "./statement.ts";

/** A call whose policies are compared: of one operation, with a subscription to one product. */
export interface PolicyContext {
  readonly base: PolicySide;
  readonly head: PolicySide;
  readonly api: ApiModel;
  readonly operation: OperationModel;
  /** What the operation was called before. */
  readonly operationId: string;
  readonly product: string;
  readonly report: Report;
}

/** Where a policy change was made, and what a waiver calls it. */
export type Blame = Pick<Change, "at" | "place">;

/**
 * The line that made a statement what it is: the use in the contract, the fragment, the policy document, or the value of
 * production.
 * @param before what it was, if there was one
 */
export function blame(after: Statement, before: Statement | undefined, context: PolicyContext): Blame {
  const { use, written } = after;
  if (!before) return written.at.file === "generator" || use ? byUse(after, context) : byText(after, context);
  if (use && canonicalUse(after) !== canonicalUse(before)) return byUse(after, context);
  if (canonicalXml(written) !== canonicalXml(before.written)) return byText(after, context);
  const name = namesIn(written).find((one) => context.base.values.get(one) !== context.head.values.get(one));
  return name === undefined ? byText(after, context) : { at: context.head.values.at(name), place: name };
}

/** Where a statement was, as far as that is still there. */
export function blameLost(before: Statement, context: PolicyContext): Blame {
  const { head, api, operation } = context;
  const owner = before.scope === "operation" ? operation.node : api.document;
  if (before.use || before.scope === "api" || before.scope === "operation") {
    const uses = before.scope === "operation" ? operation.policies : api.policies;
    const isStillUsed = uses.some(({ fragment }) => fragment === before.use?.fragment);
    const fragment = isStillUsed ? head.side.fragments.get(before.use?.fragment ?? "") : undefined;
    const at = head.side.places.at(owner, "x-apim-policies") ?? startOf(api.files[0]);
    return { at: fragment ? startOf(fragment.file) : at, place: placeOf(before, context) };
  }
  const root = before.scope === "product" ? productRoot(context) : head.side.model.globalPolicy.root;
  const section = root && childElements(root).find(({ name }) => name === before.section);
  return { at: section?.at ?? root?.at ?? startOf(before.written.at.file), place: placeOf(before, context) };
}

function productRoot({ head, product }: PolicyContext): XmlElement | undefined {
  return head.side.model.products.find(({ id }) => id === product)?.policy.root;
}

function byUse(statement: Statement, context: PolicyContext): Blame {
  const at = statement.use?.at ?? startOf(context.api.files[0]);
  return { at, place: placeOf(statement, context) };
}

function byText(statement: Statement, context: PolicyContext): Blame {
  const { use, written } = statement;
  const inDefault = use && defaultLine(use.fragment, context);
  const [, fragment] = /^apim-policies\/fragments\/(.+)\.xml$/.exec(written.at.file) ?? [];
  return { at: inDefault ?? written.at, place: fragment ?? placeOf(statement, context) };
}

/** The `<parameter>` of a fragment whose default was changed. */
function defaultLine(name: string, { base, head }: PolicyContext): Position | undefined {
  const [before, after] = [base.side.fragments.get(name), head.side.fragments.get(name)];
  const changed = [...(after?.parameters ?? [])].find(
    ([parameter, { default: now }]) => before?.parameters.get(parameter)?.default !== now,
  );
  if (!after || !changed) return undefined;
  const lines = head.side.sources.text(after.file).split("\n");
  const index = lines.findIndex((line) => line.includes("<parameter") && line.includes(`"${changed[0]}"`));
  return index < 0
    ? undefined
    : { file: after.file, line: index + 1, column: (lines[index] ?? "").search(/\S/) + 1 };
}

/** What a waiver calls the scope: the operation, the API, the product, or `global`. */
function placeOf({ scope }: Statement, { operationId, api, product }: PolicyContext): string {
  if (scope === "operation") return operationId;
  if (scope === "api") return api.name;
  return scope === "product" ? product : "global";
}

function canonicalUse({ use }: Statement): string {
  return use ? JSON.stringify([use.fragment, Object.entries(use.parameters).sort()]) : "";
}

/** The named values that an element is written with. */
function namesIn({ attributes, children }: XmlElement): string[] {
  const texts = [
    ...Object.values(attributes),
    ...children.flatMap((child) => (child.kind === "text" ? [child.text] : [])),
  ];
  const own = texts.flatMap((text) =>
    [...text.matchAll(/\{\{\s*([\w.-]+)\s*\}\}/g)].map(([, name = ""]) => name),
  );
  return [...own, ...children.flatMap((child) => (child.kind === "element" ? namesIn(child) : []))];
}

/** Tells of a change of a policy. */
export function tellPolicy(
  context: PolicyContext,
  { at, place }: Blame,
  rule: Change["rule"],
  text: { readonly message: string; readonly news: string },
): void {
  context.report({
    rule,
    at,
    api: context.api.name,
    operation: context.operationId,
    ...(place !== undefined && { place }),
    subject: place ?? context.operationId,
    message: () => text.message,
    news: () => text.news,
    evidence: { base: [], head: [] },
  });
}
