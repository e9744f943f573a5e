import { rawPolicy } from "../gateway/raw-policy.ts";
import type { Manifest } from "../manifest.ts";
import { gatewayDocuments } from "./gateway-documents.ts";
import type { StackFinding } from "./stack-finding.ts";
import type { StackIndex } from "./stack-index.ts";

/**
 * That every policy and import reaches API Management byte for byte as it was generated, although text with `${` or `%{` in
 * it is code to Terraform. Policies are in the notation that the provider sends: see `rawPolicy`.
 *
 * @param generated the text of a file by its path, relative to `generated/`
 */
export function checkContent(
  index: StackIndex,
  manifest: Manifest,
  generated: ReadonlyMap<string, string>,
): StackFinding[] {
  return gatewayDocuments(index, manifest).flatMap(({ block, attribute, raw, file }) => {
    if (file === undefined) return [];
    const say = (message: string): StackFinding[] => [
      { check: "content", stack: block.stack, address: block.address, message: `${attribute}: ${message}` },
    ];
    const text = generated.get(file);
    // API Management takes a policy in another notation than XML's.
    const expected = text !== undefined && file.endsWith(".xml") ? rawPolicy(text) : text;
    const given = index.value(block.stack, raw);
    if (expected === undefined) return say(`generated/${file} is missing. Run: npm run generate`);
    if (typeof given !== "string") return say(`gives no text, expected that of generated/${file}`);
    if (given === expected) return [];
    return say(`differs from generated/${file} at character ${firstDifference(given, expected)}`);
  });
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
