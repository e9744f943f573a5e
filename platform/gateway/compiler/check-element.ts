import { ConfigurationError } from "../configuration/configuration-error.ts";
import type { PolicyElement, PolicyText } from "../documents/policy-element.ts";
import type { AttributeShape, ElementShape, TextShape } from "./policy.ts";

/**
 * Holds an element against its shape, so that nothing in a document is silently skipped.
 *
 * @param file the document's path
 * @param policy true for the policy element itself, which may carry an `id`
 * @throws ConfigurationError naming the first thing that is unknown, missing, or not executed locally
 */
export function checkElement(
  element: PolicyElement,
  shape: ElementShape,
  file: string,
  policy: boolean,
): void {
  const attributes = policy
    ? { ...shape.attributes, id: { literal: true } as const }
    : (shape.attributes ?? {});
  checkAttributes(element, attributes, file);
  checkText(element, shape.text, file);
  if (!shape.holdsPolicies) checkChildren(element, shape, file);
}

function checkAttributes(
  element: PolicyElement,
  shapes: Readonly<Record<string, AttributeShape>>,
  file: string,
): void {
  for (const [name, value] of element.attributes) {
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape === undefined)
      refuse(
        file,
        value.line,
        `<${element.name}> has no attribute ${name}; expected ${listed(Object.keys(shapes))}`,
      );
    if (shape.literal && value.expression)
      refuse(file, value.line, `attribute ${name} of <${element.name}> takes no expression`);
    checkOnly(element, name, value, shape, file);
  }
  for (const [name, shape] of Object.entries(shapes)) {
    if (shape.required && !element.attributes.has(name))
      refuse(file, element.line, `<${element.name}> lacks its attribute ${name}`);
  }
}

function checkOnly(
  element: PolicyElement,
  name: string,
  value: PolicyText,
  { only }: AttributeShape,
  file: string,
): void {
  if (only === undefined || (!value.expression && only.includes(value.value))) return;
  const read = value.expression ? "an expression" : `"${value.value}"`;
  refuse(
    file,
    value.line,
    `${name} of <${element.name}> is ${read}; the local gateway executes ${only.length ? listed(only) : "no value of it"}`,
  );
}

function checkText(element: PolicyElement, shape: TextShape | undefined, file: string): void {
  if (element.text && !shape) refuse(file, element.text.line, `text in <${element.name}>, which holds none`);
  if (element.text?.expression && shape?.literal)
    refuse(file, element.text.line, `the text of <${element.name}> takes no expression`);
  if (!element.text && shape?.required)
    refuse(file, element.line, `<${element.name}> is empty; expected a value`);
}

function checkChildren(element: PolicyElement, { children = {} }: ElementShape, file: string): void {
  const counts = new Map<string, number>();
  for (const child of element.children) {
    const shape = Object.hasOwn(children, child.name) ? children[child.name] : undefined;
    if (shape === undefined)
      refuse(
        file,
        child.line,
        `<${child.name}> is unknown in <${element.name}>; expected ${listed(Object.keys(children))}`,
      );
    const count = (counts.get(child.name) ?? 0) + 1;
    counts.set(child.name, count);
    if (count > (shape.max ?? Infinity))
      refuse(file, child.line, `<${element.name}> holds <${child.name}> more than once`);
    checkElement(child, shape, file, false);
  }
  for (const [name, { min = 0 }] of Object.entries(children)) {
    if ((counts.get(name) ?? 0) < min) refuse(file, element.line, `<${element.name}> lacks its <${name}>`);
  }
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}

function refuse(file: string, line: number, problem: string): never {
  throw new ConfigurationError(`${file}:${line}`, problem);
}
