import type { XmlElement } from "../../policies/xml.ts";

/** One text for elements that say the same, whatever the order of their attributes, their comments and their white space. */
export function canonicalXml({ name, attributes, children }: XmlElement): string {
  const sorted = Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(squeeze(value))}`);
  const inner = children.map((child) => {
    if (child.kind === "comment") return "";
    return child.kind === "text" ? squeeze(child.text) : canonicalXml(child);
  });
  return `<${[name, ...sorted].join(" ")}>${inner.join("")}</${name}>`;
}

function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
