/**
 * A policy document as the provider sends it. Ours are well-formed XML, so that any parser reads them; azurerm declares what it
 * sends as `rawxml`, in which API Management takes expressions as they stand: an `&quot;` in one would reach its compiler as
 * five letters. A value is an expression as a whole or not at all, and what is none keeps its entities.
 *
 * Source: Microsoft Learn, "Policies - Create Or Update", `PolicyContentFormat`.
 */
export function rawPolicy(document: string): string {
  return document.replace(PARTS, (part: string) => {
    if (part.startsWith("<!--")) return part;
    if (part.startsWith("<")) return part.replace(ATTRIBUTE, (attribute) => decodedWhenExpression(attribute));
    return decodedWhenExpression(part);
  });
}

/** A comment, a tag, or the text between two. In a tag of a well-formed document a `>` may stand between quotes only. */
const PARTS = /<!--[\s\S]*?-->|<(?:"[^"]*"|'[^']*'|[^>"'])*>|[^<]+/g;
const ATTRIBUTE = /"[^"]*"|'[^']*'/g;
const EXPRESSION = /^["']?\s*@[({]/;

function decodedWhenExpression(value: string): string {
  return EXPRESSION.test(value) ? value.replace(ENTITY, decoded) : value;
}

const ENTITY = /&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decoded(entity: string, hexadecimal?: string, decimal?: string, name?: string): string {
  if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
  if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
  return NAMED[name ?? ""] ?? entity;
}
