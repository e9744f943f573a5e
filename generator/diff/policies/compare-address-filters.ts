import { childElements, type XmlElement } from "../../policies/xml.ts";
import { canonicalXml } from "./canonical-xml.ts";
import { blame, blameLost, tellPolicy, type PolicyContext } from "./policy-context.ts";
import type { Statement } from "./statement.ts";

/** Compares whom the gateway admits by address. */
export function compareAddressFilters(
  before: readonly Statement[],
  after: readonly Statement[],
  context: PolicyContext,
): void {
  const left = [...before];
  for (const statement of after) {
    const index = left.findIndex((other) => keyOf(other) === keyOf(statement));
    const [known] = index < 0 ? [] : left.splice(index, 1);
    compareFilter(known, statement, context);
  }
  for (const statement of left) {
    const text = "ip-filter is gone: every address is admitted";
    tellPolicy(context, blameLost(statement, context), "compatible/policy-loosened", {
      message: text,
      news: text,
    });
  }
}

function keyOf({ element, conditions }: Statement): string {
  return [element.attributes.action ?? "", ...conditions].join("\n");
}

function compareFilter(before: Statement | undefined, after: Statement, context: PolicyContext): void {
  const isAllowing = after.element.attributes.action === "allow";
  const [old, now] = [before ? entriesOf(before.element) : undefined, entriesOf(after.element)];
  const lost = (old ?? []).filter((entry) => !now.includes(entry));
  const gained = now.filter((entry) => !(old ?? []).includes(entry));
  const refused = isAllowing ? lost : gained;
  const admitted = isAllowing ? gained : lost;
  const place = blame(after, before, context);
  if (!old || refused.length > 0) {
    const whom = old ? refused.join(", ") : isAllowing ? "every other address" : now.join(", ");
    tellPolicy(context, place, "breaking/caller-refused", {
      message: `ip-filter refuses ${whom}, which was admitted`,
      news: `calls from ${whom} are refused`,
    });
  } else if (admitted.length > 0) {
    const text = `calls from ${admitted.join(", ")} are admitted`;
    tellPolicy(context, place, "compatible/policy-loosened", { message: `ip-filter: ${text}`, news: text });
  }
}

/** `10.0.0.1`, `10.0.0.1 to 10.0.0.9`. */
function entriesOf(filter: XmlElement): string[] {
  return childElements(filter).map((entry) => {
    const { from, to } = entry.attributes;
    if (from !== undefined && to !== undefined) return `${from} to ${to}`;
    const text = entry.children.map((child) => (child.kind === "text" ? child.text : "")).join("");
    return text.trim() || canonicalXml(entry);
  });
}
