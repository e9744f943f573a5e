import type { Target } from "../stack-index.ts";
import type { Expression, Template } from "./expression.ts";
import { TemplateError } from "./parse-template.ts";

/** What an expression gives. `unknown` is what only Azure, or a function that is not evaluated here, could tell. */
export type Value =
  string | number | boolean | null | readonly Value[] | Unknown | { readonly [name: string]: Value };

export interface Unknown {
  readonly unknown: string;
  readonly target?: Target;
}

/** What expressions can see. */
export interface Scope {
  /** A file beside the document: its text. */
  file(path: string): string | undefined;
  /** A reference, as its names and indexes. */
  resolve(path: readonly string[]): Value;
}

/** What Terraform would make of a template, as far as it can be told before deployment. @throws {TemplateError} */
export function evaluate(template: Template, scope: Scope): Value {
  const [only] = template;
  if (!only) return "";
  if (template.length === 1 && only.kind === "expression") return evaluateExpression(only.expression, scope);
  return template
    .map((part) => (part.kind === "text" ? part.text : asText(evaluateExpression(part.expression, scope))))
    .join("");
}

function evaluateExpression(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return evaluate(expression.template, scope);
    case "name":
    case "attribute":
    case "index":
      return evaluateReference(expression, scope);
    case "call":
      return call(
        expression.name,
        expression.arguments.map((one) => evaluateExpression(one, scope)),
        scope,
      );
    case "list":
      return expression.items.map((one) => evaluateExpression(one, scope));
    case "object":
      return Object.fromEntries(
        expression.entries.map(([key, value]) => [
          asText(evaluateExpression(key, scope)),
          evaluateExpression(value, scope),
        ]),
      );
    case "splat":
      return { unknown: "splat" };
    case "operation":
      return { unknown: expression.operator };
  }
}

function evaluateReference(expression: Expression, scope: Scope): Value {
  const steps: string[] = [];
  let at = expression;
  while (at.kind === "attribute" || at.kind === "index") {
    if (at.kind === "attribute") steps.unshift(at.name);
    else steps.unshift(asText(evaluateExpression(at.at, scope)));
    at = at.of;
  }
  if (at.kind === "name") return scope.resolve([at.name, ...steps]);
  // Such as `tolist(x)[0]`, whose list is often only known in Azure.
  return descend(evaluateExpression(at, scope), steps);
}

function descend(value: Value, steps: readonly string[]): Value {
  let at: Value = value;
  for (const step of steps) {
    if (typeof at !== "object" || at === null) return { unknown: steps.join(".") };
    if (isUnknown(at)) {
      at = extend(at, step);
      continue;
    }
    const next: Value | undefined = Array.isArray(at)
      ? (at as readonly Value[])[Number(step)]
      : (at as Readonly<Record<string, Value>>)[step];
    if (next === undefined) return { unknown: steps.join(".") };
    at = next;
  }
  return at;
}

function extend({ unknown, target }: Unknown, step: string): Unknown {
  if (/^\d+$/.test(step)) return target ? { unknown, target } : { unknown };
  const longer = `${unknown}.${step}`;
  return target
    ? { unknown: longer, target: { ...target, attribute: `${target.attribute}.${step}` } }
    : { unknown: longer };
}

function call(name: string, given: readonly Value[], scope: Scope): Value {
  const [first = null, second = null] = given;
  switch (name) {
    case "file": {
      const text = scope.file(asText(first));
      if (text === undefined) throw new TemplateError(`file("${asText(first)}") is not among the assets`);
      return text;
    }
    case "jsonencode":
      return containsUnknown(first) ? unevaluated(name, given) : terraformJson(first);
    case "join":
      return Array.isArray(second)
        ? (second as readonly Value[]).map(asText).join(asText(first))
        : unevaluated(name, given);
    case "tolist":
    case "toset":
    case "tostring":
    case "sensitive":
    case "nonsensitive":
      return first;
    case "element":
      return descend(first, [asText(second)]);
    case "lower":
      return typeof first === "string" ? first.toLowerCase() : unevaluated(name, given);
    case "trimsuffix":
      return typeof first === "string" && !first.includes("‹")
        ? trimSuffix(first, asText(second))
        : unevaluated(name, given);
    default:
      return unevaluated(name, given);
  }
}

/** The call itself, so that equal calls compare equal. */
function unevaluated(name: string, given: readonly Value[]): Unknown {
  return { unknown: `${name}(${given.map(asText).join(", ")})` };
}

/** `jsonencode` sorts keys and writes `<`, `>` and `&` as escapes. */
function terraformJson(value: Value): string {
  const text = JSON.stringify(value, (_key, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
  return text.replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function trimSuffix(text: string, suffix: string): string {
  return suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

function asText(value: Value): string {
  if (typeof value === "object" && value !== null)
    return isUnknown(value) ? `‹${value.unknown}›` : JSON.stringify(value);
  return String(value);
}

/** Whether only Azure can tell a value. */
export function isUnknown(value: Value): value is Unknown {
  return typeof value === "object" && value !== null && typeof (value as Unknown).unknown === "string";
}

function containsUnknown(value: Value): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isUnknown(value) || Object.values(value).some(containsUnknown);
}
