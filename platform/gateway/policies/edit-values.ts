import type { PolicyElement } from "../documents/policy-element.ts";
import type { Exchange } from "../pipeline/exchange.ts";
import type { Value } from "../compiler/compile-value.ts";
import type { AttributeShape, ChildShape } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";

/** A multi-valued thing that `set-header` and `set-query-parameter` edit by the same rules. */
export interface EditableValues {
  has(name: string): boolean;
  write(name: string, values: readonly string[]): void;
  append(name: string, values: readonly string[]): void;
  delete(name: string): unknown;
}

/** Attributes of both policies. */
export const editAttributes: Readonly<Record<string, AttributeShape>> = {
  name: { required: true },
  "exists-action": {},
};

/** Children of both policies. */
export const editChildren: Readonly<Record<string, ChildShape>> = { value: { text: {} } };

/** Compiles name, `exists-action` and values of either policy into one edit. */
export function compileEdit(
  element: PolicyElement,
  compiler: PolicyCompiler,
): (target: EditableValues, exchange: Exchange) => void {
  const name = compiler.text(element, "name");
  const action = compiler.option(element, "exists-action", ["override", "skip", "append", "delete"]);
  const values = element.children.map((child) => compiler.content(child));
  return (target, exchange) => edit(target, name(exchange), action(exchange), values, exchange);
}

type Action = "override" | "skip" | "append" | "delete";

function edit(
  target: EditableValues,
  name: string,
  action: Action,
  values: readonly Value<string>[],
  exchange: Exchange,
): void {
  if (action === "delete") target.delete(name);
  else if (action === "append") target.append(name, evaluate(values, exchange));
  else if (action === "override" || !target.has(name)) target.write(name, evaluate(values, exchange));
}

function evaluate(values: readonly Value<string>[], exchange: Exchange): string[] {
  return values.map((value) => value(exchange));
}
