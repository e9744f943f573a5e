import { childElements, type XmlElement } from "../../policies/xml.ts";
import { blame, blameLost, tellPolicy, type PolicyContext } from "./policy-context.ts";
import type { Statement } from "./statement.ts";

interface HeaderCheck {
  readonly statement: Statement;
  /** The header and what must hold for it to be checked. */
  readonly key: string;
  readonly name: string;
  /** None: that there is one is enough. */
  readonly values: readonly string[];
  readonly status: string;
}

/** Compares which headers the gateway asks for. */
export function compareHeaderChecks(
  before: readonly Statement[],
  after: readonly Statement[],
  context: PolicyContext,
): void {
  const [old, now] = [before.map(read), after.map(read)];
  for (const check of now) {
    const known = old.find(({ key }) => key === check.key);
    if (known && isMetWith(check, known)) tellStatus(check, known, context);
    else tellDemanded(check, known, context);
  }
  for (const check of old) {
    const other = now.find(({ key }) => key === check.key);
    if (other && (isMetWith(check, other) || !isMetWith(other, check))) continue;
    const place = other
      ? blame(other.statement, check.statement, context)
      : blameLost(check.statement, context);
    const text = `the header ${check.name} is ${other ? "taken with more values" : "not asked for any more"}`;
    tellPolicy(context, place, "compatible/policy-loosened", { message: text, news: text });
  }
}

function read(statement: Statement): HeaderCheck {
  const { attributes } = statement.element;
  const name = attributes.name ?? "";
  const ignoresCase = attributes["ignore-case"]?.toLowerCase() === "true";
  const values = childElements(statement.element).map(textOf);
  return {
    statement,
    key: [name.toLowerCase(), ...statement.conditions].join("\n"),
    name,
    values: ignoresCase ? values.map((value) => value.toLowerCase()) : values,
    status: attributes["failed-check-httpcode"] ?? "",
  };
}

function textOf({ children }: XmlElement): string {
  return children
    .map((child) => (child.kind === "text" ? child.text : ""))
    .join("")
    .trim();
}

/** True when every request that passes `known` passes `check`. */
function isMetWith(check: HeaderCheck, known: HeaderCheck): boolean {
  if (check.values.length === 0) return true;
  return known.values.length > 0 && known.values.every((value) => check.values.includes(value));
}

function tellDemanded(check: HeaderCheck, known: HeaderCheck | undefined, context: PolicyContext): void {
  const values = check.values.length > 0 ? ` as ${check.values.join(" or ")}` : "";
  const was = known ? ", other values were taken before" : "";
  tellPolicy(context, blame(check.statement, known?.statement, context), "breaking/header-demanded", {
    message: `check-header asks for the header ${check.name}${values}${was}: requests without it are refused`,
    news: `the header \`${check.name}\` must be sent${values}`,
  });
}

function tellStatus(check: HeaderCheck, known: HeaderCheck, context: PolicyContext): void {
  if (check.status === known.status) return;
  const text = `a missing header ${check.name} is answered with ${check.status}, it was ${known.status}`;
  tellPolicy(context, blame(check.statement, known.statement, context), "breaking/refusal-status-changed", {
    message: text,
    news: text,
  });
}
