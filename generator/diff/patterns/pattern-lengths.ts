import { parsePattern, type Pattern } from "./parse-pattern.ts";

/** How long a text that matches can be, in characters. */
export interface Lengths {
  readonly min: number;
  /** `Infinity` for no limit. */
  readonly max: number;
}

/** What a pattern says of the length of a text, or `undefined` when it cannot be read. */
export function patternLengths(source: string): Lengths | undefined {
  const pattern = parsePattern(source);
  if (!pattern) return undefined;
  const options = pattern.kind === "choice" ? pattern.options : [pattern];
  return either(
    options.map((option) => ({ ...lengthsOf(option), ...(!isAnchored(option) && { max: Infinity }) })),
  );
}

/** True for a sequence that stands for the whole of a text. */
function isAnchored(pattern: Pattern): boolean {
  if (pattern.kind !== "sequence") return false;
  return pattern.parts[0]?.kind === "start" && pattern.parts.at(-1)?.kind === "end";
}

function lengthsOf(pattern: Pattern): Lengths {
  switch (pattern.kind) {
    case "char":
      return { min: 1, max: 1 };
    case "start":
    case "end":
      return { min: 0, max: 0 };
    case "choice":
      return either(pattern.options.map(lengthsOf));
    case "sequence":
      return pattern.parts
        .map(lengthsOf)
        .reduce((a, b) => ({ min: a.min + b.min, max: a.max + b.max }), { min: 0, max: 0 });
    case "repeat": {
      const { min, max } = lengthsOf(pattern.part);
      return { min: min * pattern.min, max: max === 0 ? 0 : max * pattern.max };
    }
  }
}

function either(all: readonly Lengths[]): Lengths {
  return { min: Math.min(...all.map(({ min }) => min)), max: Math.max(...all.map(({ max }) => max)) };
}
