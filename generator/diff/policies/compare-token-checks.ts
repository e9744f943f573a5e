import { canonicalXml } from "./canonical-xml.ts";
import { blame, blameLost, tellPolicy, type PolicyContext } from "./policy-context.ts";
import type { Statement } from "./statement.ts";
import { describeDemand, isMetWith, readTokenDemands, withoutDemands } from "./token-demands.ts";
import { tellUnjudged } from "./tell-unjudged.ts";

/** Compares what the gateway asks of a token or a certificate. */
export function compareTokenChecks(
  before: readonly Statement[],
  after: readonly Statement[],
  context: PolicyContext,
): void {
  const left = [...before];
  for (const statement of after) {
    const index = left.findIndex((other) => keyOf(other) === keyOf(statement));
    const [known] = index < 0 ? [] : left.splice(index, 1);
    if (known) compareCheck(known, statement, context);
    else tellNew(statement, context);
  }
  for (const statement of left) {
    const text = `${statement.element.name} is gone: the gateway does not ask for it any more`;
    tellPolicy(context, blameLost(statement, context), "compatible/policy-loosened", {
      message: text,
      news: text,
    });
  }
}

function keyOf({ element, conditions }: Statement): string {
  return [element.name, element.attributes["header-name"] ?? "", ...conditions].join("\n");
}

function tellNew(statement: Statement, context: PolicyContext): void {
  const what = statement.element.name === "validate-client-certificate" ? "a client certificate" : "a token";
  tellPolicy(context, blame(statement, undefined, context), "breaking/token-demanded", {
    message: `${statement.element.name} asks for ${what}: requests without it are refused`,
    news: `${what} must be sent`,
  });
}

function compareCheck(before: Statement, after: Statement, context: PolicyContext): void {
  const [old, now] = [readTokenDemands(before.element), readTokenDemands(after.element)];
  const place = blame(after, before, context);
  for (const demand of now.filter((one) => !old.some((known) => isMetWith(one, known)))) {
    const text = describeDemand(demand);
    tellPolicy(context, place, "breaking/token-demanded", {
      message: `${after.element.name} asks for ${text}: tokens that were taken are refused`,
      news: `a token must have ${text}`,
    });
  }
  const isStricter = now.some((one) => !old.some((known) => isMetWith(one, known)));
  for (const demand of old.filter((one) => !now.some((other) => isMetWith(one, other)))) {
    const text = `a token need not have ${describeDemand(demand)} any more`;
    if (!isStricter) tellPolicy(context, place, "compatible/policy-loosened", { message: text, news: text });
  }
  const rest = [before, after].map(({ element }) => canonicalXml(withoutDemands(element)));
  if (rest[0] !== rest[1]) tellUnjudged(`${after.element.name} is set up differently`, place, context);
}
