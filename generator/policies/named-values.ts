import { walkElements, type XmlElement } from "./xml.ts";

/** A value that differs between environments and that policies name as `{{name}}`. */
export interface NamedValue {
  readonly name: string;
  /** Addresses (names that end in `-url`) come from whoever starts or deploys the platform, the rest from `environments/`. */
  readonly kind: "setting" | "address";
}

// Letters, digits, ".", "-", "_" ("Use named values in Azure API Management policies").
const REFERENCE = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** The named values that policy documents refer to, in the order of their names. */
export function namedValuesOf(documents: readonly XmlElement[]): NamedValue[] {
  const names = new Set(documents.flatMap(namesIn));
  return [...names].sort().map((name) => ({ name, kind: name.endsWith("-url") ? "address" : "setting" }));
}

function namesIn(document: XmlElement): string[] {
  const texts = [...walkElements(document)].flatMap(({ attributes, children }) => [
    ...Object.values(attributes),
    ...children.flatMap((child) => (child.kind === "text" ? [child.text] : [])),
  ]);
  return texts.flatMap((text) => [...text.matchAll(REFERENCE)].map(([, name = ""]) => name));
}
