import { onSchemas } from "./visiting/on.ts";

/** A `pattern` is anchored at both ends: JSON Schema looks for it anywhere in the string (Validation, 6.3.3). */
export const patternAnchored = onSchemas((schema) => {
  const { pattern } = schema.object;
  if (typeof pattern === "string" && !isAnchored(pattern))
    schema.at("pattern").report("a pattern needs ^ and $, or it admits whatever has a match somewhere in it");
});

/** An alternative at the top, `^a|b$`, is anchored at one end only. */
function isAnchored(pattern: string): boolean {
  const isEscaped = /(?<!\\)(?:\\\\)*\\\$$/.test(pattern);
  return pattern.startsWith("^") && pattern.endsWith("$") && !isEscaped && !hasTopLevelAlternative(pattern);
}

function hasTopLevelAlternative(pattern: string): boolean {
  const outside = pattern.replaceAll(/\\./g, "").replaceAll(/\[[^\]]*\]/g, "");
  let depth = 0;
  for (const [character] of outside.matchAll(/[(|)]/g)) {
    if (character === "|" && depth === 0) return true;
    if (character !== "|") depth += character === "(" ? 1 : -1;
  }
  return false;
}
