import { ConfigurationError } from "../configuration/configuration-error.ts";
import type { PolicyElement } from "./policy-element.ts";
import { scanDocument } from "./scan-document.ts";
import { substituteNamedValues } from "./substitute-named-values.ts";

/** The sections of a policy document. */
export const sections = ["inbound", "backend", "outbound", "on-error"] as const;
export type Section = (typeof sections)[number];

/** Where a document applies; the wording of `context.LastError.Scope`. */
export type Scope = "global" | "product" | "api" | "operation";

/** A document as read: for each section its statements, or undefined when the section is not written. */
export interface PolicyDocument {
  readonly file: string;
  readonly scope: Scope;
  readonly sections: Readonly<Partial<Record<Section, readonly PolicyElement[]>>>;
}

/**
 * Reads a policy document and puts the named values in.
 *
 * @param text the document, format `xml` or `rawxml`
 * @param file its path, for messages
 * @throws ConfigurationError for what is no policy document, an unknown or repeated section, an unset named value
 *
 * Source: Microsoft Learn, "Policies in Azure API Management", "Understanding policy configuration".
 */
export function readPolicyDocument(
  text: string,
  file: string,
  scope: Scope,
  namedValues: Readonly<Record<string, string>>,
): PolicyDocument {
  const root = onlyRoot(substituteNamedValues(scanDocument(text, file), file, namedValues), file);
  const found: Partial<Record<Section, readonly PolicyElement[]>> = {};
  for (const element of root.children) {
    const section = sections.find((name) => name === element.name);
    const where = `${file}:${element.line}`;
    if (section === undefined)
      throw new ConfigurationError(
        where,
        `<${element.name}> is no section; expected one of ${sections.join(", ")}`,
      );
    if (found[section]) throw new ConfigurationError(where, `<${section}> is written twice`);
    refuseExtras(element, file);
    found[section] = element.children;
  }
  return { file, scope, sections: found };
}

function onlyRoot(elements: readonly PolicyElement[], file: string): PolicyElement {
  const [root, second] = elements;
  if (root?.name !== "policies" || second) {
    const line = (root?.name === "policies" ? second : root)?.line ?? 1;
    throw new ConfigurationError(`${file}:${line}`, "expected one element <policies> and nothing beside it");
  }
  refuseExtras(root, file);
  return root;
}

function refuseExtras(element: PolicyElement, file: string): void {
  const [attribute] = element.attributes.keys();
  if (attribute !== undefined)
    throw new ConfigurationError(
      `${file}:${element.line}`,
      `<${element.name}> has no attribute ${attribute}`,
    );
  if (element.text)
    throw new ConfigurationError(
      `${file}:${element.text.line}`,
      `text in <${element.name}>; expected policies only`,
    );
}
