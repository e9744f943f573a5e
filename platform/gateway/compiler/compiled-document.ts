import { ConfigurationError } from "../configuration/configuration-error.ts";
import type { PolicyDocument, Section } from "../documents/policy-document.ts";
import type { PolicyElement } from "../documents/policy-element.ts";
import type { Statement } from "../pipeline/statement.ts";
import { compileStatements } from "./compile-statements.ts";
import type { GatewayServices } from "./gateway-services.ts";

/** A section as compiled: what stands before `<base/>`, whether there is one, and what stands after it. */
export interface CompiledSection {
  readonly before: readonly Statement[];
  readonly base: boolean;
  readonly after: readonly Statement[];
}

/** A document whose statements are ready to be flattened. Compiled once, so that its counters are one for all operations. */
export type CompiledDocument = Readonly<Record<Section, CompiledSection>>;

/**
 * Compiles every section of a document. A section that is not written counts as `<base/>` alone.
 *
 * @throws ConfigurationError for whatever the gateway does not execute
 */
export function compileDocument(document: PolicyDocument, services: GatewayServices): CompiledDocument {
  return {
    inbound: compileSection(document, "inbound", services),
    backend: compileSection(document, "backend", services),
    outbound: compileSection(document, "outbound", services),
    "on-error": compileSection(document, "on-error", services),
  };
}

function compileSection(
  document: PolicyDocument,
  section: Section,
  services: GatewayServices,
): CompiledSection {
  const elements = document.sections[section];
  if (elements === undefined) return { before: [], base: true, after: [] };
  const at = elements.findIndex(({ name }) => name === "base");
  if (at !== -1) checkBase(elements, at, document, section);
  const place = { file: document.file, scope: document.scope, section };
  const statements = compileStatements(
    elements.filter(({ name }) => name !== "base"),
    place,
    services,
  );
  const split = at === -1 ? statements.length : at;
  return { before: statements.slice(0, split), base: at !== -1, after: statements.slice(split) };
}

function checkBase(
  elements: readonly PolicyElement[],
  at: number,
  { file }: PolicyDocument,
  section: Section,
): void {
  const second = elements.slice(at + 1).find(({ name }) => name === "base");
  if (second)
    throw new ConfigurationError(`${file}:${second.line}`, `<base> stands in ${section} more than once`);
  const base = elements[at];
  if (base && (base.attributes.size > 0 || base.children.length > 0 || base.text)) {
    throw new ConfigurationError(`${file}:${base.line}`, "<base> takes neither attributes nor content");
  }
}
