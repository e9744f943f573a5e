import { refuse } from "../finding.ts";
import type { Sources } from "../load/sources.ts";
import type { PolicySource } from "../model/model.ts";
import { SECTION_NAMES } from "./load-fragments.ts";
import { childElements, parseXml } from "./xml.ts";

/**
 * Reads a policy document that a person wrote for the scope of all APIs or of a product.
 * @throws {ContractError} when it has anything but the four sections, each at most once
 */
export function loadPolicySource(file: string, sources: Sources): PolicySource {
  const root = parseXml(file, sources.text(file));
  if (root.name !== "policies")
    refuse(root.at, "policy/document", `<policies> is expected, not <${root.name}>`);
  const names: readonly string[] = SECTION_NAMES;
  const seen = new Set<string>();
  for (const { name, at } of childElements(root)) {
    if (!names.includes(name)) refuse(at, "policy/document", `<${name}> is no section of a policy document`);
    if (seen.has(name)) refuse(at, "policy/document", `<${name}> is there twice`);
    seen.add(name);
  }
  return { file, root };
}
