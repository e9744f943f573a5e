import { ConfigurationError } from "../configuration/configuration-error.ts";
import type { PolicyElement, PolicyText } from "./policy-element.ts";
import { isExpressionStart } from "./scan-expression.ts";

/**
 * Replaces `{{name}}` in every attribute and text of the elements. The replacement is textual: it may fill a value, a part of
 * one, or stand inside an expression, and may be an expression itself. Values cannot refer to other values.
 *
 * @throws ConfigurationError naming the place and the value that nobody set
 *
 * Source: Microsoft Learn, "Use named values in Azure API Management policies".
 */
export function substituteNamedValues(
  elements: readonly PolicyElement[],
  file: string,
  namedValues: Readonly<Record<string, string>>,
): PolicyElement[] {
  const values = new Map(Object.entries(namedValues));
  return elements.map((element) => substitute(element, file, values));
}

const reference = /\{\{\s*([\w.-]+)\s*\}\}/g;

function substitute(
  element: PolicyElement,
  file: string,
  values: ReadonlyMap<string, string>,
): PolicyElement {
  return {
    ...element,
    attributes: new Map(
      [...element.attributes].map(([name, text]) => [name, substituteText(text, file, values)]),
    ),
    children: element.children.map((child) => substitute(child, file, values)),
    text: element.text && substituteText(element.text, file, values),
  };
}

function substituteText(text: PolicyText, file: string, values: ReadonlyMap<string, string>): PolicyText {
  if (!text.value.includes("{{")) return text;
  const value = text.value.replace(reference, (_whole, name: string) => {
    const replacement = values.get(name);
    if (replacement === undefined) {
      throw new ConfigurationError(
        `${file}:${text.line}`,
        `named value {{${name}}} is not set; expected it among the environment's named values`,
      );
    }
    return replacement;
  });
  return { ...text, value, expression: text.expression || isExpressionStart(value.trim(), 0) };
}
