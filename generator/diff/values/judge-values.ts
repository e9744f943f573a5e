import type { TermComparison } from "../schemas/compare-terms.ts";
import type { Difference } from "../schemas/difference.ts";
import type { Term } from "../schemas/shape.ts";
import { judgeRequest } from "./judge-request.ts";
import { judgeResponse } from "./judge-response.ts";
import { isSamePath, type Judgement } from "./judgement.ts";
import { subjectOf, type ValueContext } from "./value-context.ts";

/** Judges how values changed, for those who send them or for those who read them. */
export function judgeValues(terms: TermComparison, base: Term, head: Term, context: ValueContext): void {
  const differences = terms.compare(base, head);
  for (const difference of differences.filter((one) => !isPartOfAnother(one, differences))) {
    const judge = context.direction === "request" ? judgeRequest : judgeResponse;
    const judgement = judge(difference, context, differences);
    if (judgement) reportAt(difference, judgement, context);
  }
}

/** A property that is gone is not also one that became optional, one that is new not also one that became required. */
function isPartOfAnother({ kind, path }: Difference, all: readonly Difference[]): boolean {
  const whole =
    kind === "required-removed"
      ? "property-removed"
      : kind === "required-added"
        ? "property-added"
        : undefined;
  return whole !== undefined && all.some((other) => other.kind === whole && isSamePath(other.path, path));
}

function reportAt(difference: Difference, judgement: Judgement, context: ValueContext): void {
  const { path, kind, base, head, headNode, swap } = difference;
  const located = context.locator.locate({ base, head, headNode, swap: swap ?? context.swap });
  const isRequired = kind === "required-added" || kind === "required-removed";
  const property = isRequired && located.place !== undefined ? `.${path.at(-1) ?? ""}` : "";
  context.report({
    ...located,
    ...judgement,
    api: context.api,
    operation: context.operation,
    subject: subjectOf(context, path),
    ...(located.place !== undefined && { place: located.place + property }),
  });
}
