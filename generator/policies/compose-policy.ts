import { SECTION_NAMES, type SectionName, type Sections } from "./load-fragments.ts";
import { element, type XmlElement, type XmlNode } from "./xml.ts";

/**
 * A policy document around the statements of fragments. `<base />` comes first on the way in, so that what holds for
 * every API has run before anything that a contract binds, and last on the way out. A request is forwarded once: a fragment
 * that says how stands in the place of `<base />`.
 */
export function composePolicy(sections: Sections): XmlElement {
  return element(
    "policies",
    {},
    SECTION_NAMES.map((name) => composeSection(name, sections[name])),
  );
}

function composeSection(name: SectionName, statements: readonly XmlNode[]): XmlElement {
  const base = element("base", {});
  if (name === "backend" && statements.some(({ kind }) => kind === "element"))
    return element(name, {}, [...statements]);
  return element(name, {}, name === "outbound" ? [...statements, base] : [base, ...statements]);
}
