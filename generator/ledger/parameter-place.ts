import type { Position } from "../finding.ts";
import { childElements, walkElements, type XmlElement } from "../policies/xml.ts";
import type { ChangedElement } from "./changed-element.ts";

/**
 * Where the default of a fragment's parameter is written, when that is all that an element of the fragment can have changed by:
 * the element still has the form that it was generated from, with another value in a placeholder's place.
 * @param fragment the fragment as it is written
 */
export function parameterPlace(
  { before, after }: ChangedElement,
  fragment: XmlElement,
): Position | undefined {
  const written = [...walkElements(fragment)].find(({ at }) => isSame(at, after.at));
  if (!written || before?.name !== after.name) return undefined;
  const changed = Object.keys(after.attributes).filter(
    (name) => before.attributes[name] !== after.attributes[name],
  );
  const forms = changed.map((name) => [written.attributes[name] ?? "", before.attributes[name] ?? ""]);
  const isFilled = forms.every(([form = "", value = ""]) => matches(form, value));
  const parameter = isFilled ? /\[\[([^\]]*)\]\]/.exec(forms[0]?.[0] ?? "")?.[1] : undefined;
  return childElements(fragment).find(
    ({ name, attributes }) => name === "parameter" && attributes.name === parameter,
  )?.at;
}

function matches(form: string, value: string): boolean {
  const parts = form.split(/\[\[[^\]]*\]\]/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return parts.length > 1 && new RegExp(`^${parts.join(".*")}$`, "s").test(value);
}

function isSame(a: Position, b: Position): boolean {
  return a.line === b.line && a.column === b.column && a.file === b.file;
}
