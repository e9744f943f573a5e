import { SaxesParser } from "saxes";

/**
 * Tells the two formats of policy documents apart: `xml` is well-formed and its expressions are entity-escaped; in `rawxml`
 * the expressions stand as they are, quotes and all.
 *
 * Source: ARM reference, "Policy - Create Or Update", `PolicyContentFormat`.
 */
export function isWellFormed(text: string): boolean {
  let wellFormed = true;
  const parser = new SaxesParser({ fragment: true });
  parser.on("error", () => {
    wellFormed = false;
  });
  try {
    parser.write(text).close();
  } catch {
    return false;
  }
  return wellFormed;
}
