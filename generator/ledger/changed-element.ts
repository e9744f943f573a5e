import { childElements, type XmlElement, type XmlNode } from "../policies/xml.ts";

/** An element that is not as it was. */
export interface ChangedElement {
  /** The element as it was, when it was there. */
  readonly before: XmlElement | undefined;
  readonly after: XmlElement;
}

/**
 * The first element of a policy document that is not as it was, in its order; for one that is gone, the element that held it.
 * `undefined` when both say the same.
 */
export function changedElement(before: XmlElement, after: XmlElement): ChangedElement | undefined {
  if (before.name !== after.name || ownContent(before) !== ownContent(after)) return { before, after };
  const [old, now] = [childElements(before), childElements(after)];
  const shift = now.length - old.length;
  for (const [index, child] of now.entries()) {
    const earlier = old[index];
    if (!earlier) return { before: undefined, after: child };
    const changed = changedElement(earlier, child);
    if (!changed) continue;
    if (shift === 0) return changed;
    return shift > 0 ? { before: undefined, after: child } : { before, after };
  }
  return shift < 0 ? { before, after } : undefined;
}

/** Attributes, text and comments, without the white space that printing changes. */
function ownContent({ attributes, children }: XmlElement): string {
  return JSON.stringify([attributes, children.map(textOf).filter((text) => text !== "")]);
}

function textOf(node: XmlNode): string {
  return node.kind === "element" ? "" : `${node.kind} ${node.text.trim()}`.replace(/^text $/, "");
}
