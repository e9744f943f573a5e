/**
 * How a pattern of JSON Schema (ECMA-262, with its flag `u`) reads in .NET, in which API Management is written:
 * `unknown` what .NET refuses, `other` what it takes to mean something else, for each the reasons. Both lists are
 * empty for a pattern that means the same. That APIM validates with .NET's expressions follows from the error texts
 * that validate-content is documented with; the differences are those of ".NET regular expressions" (Anchors in
 * regular expressions, Character classes in regular expressions, Character escapes in regular expressions).
 */
export function readAsDotnet(pattern: string): PatternReading {
  const unknown = new Set<string>();
  const other = new Set<string>();
  for (const { text, inClass } of tokens(pattern)) {
    const refusal = refused(text, inClass);
    const difference = differing(text, inClass);
    if (refusal !== undefined) unknown.add(refusal);
    if (difference !== undefined) other.add(difference);
  }
  return { unknown: [...unknown], other: [...other] };
}

export interface PatternReading {
  readonly unknown: readonly string[];
  readonly other: readonly string[];
}

interface Token {
  readonly text: string;
  /** Between brackets. */
  readonly inClass: boolean;
}

const ESCAPE = String.raw`\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\c[A-Za-z]|\\[^]`;
/** `[]` is empty and `[^]` is anything; to .NET the bracket would be the first character of the class. */
const OUTSIDE = new RegExp(String.raw`${ESCAPE}|\[\^?\]?|[^]`, "uy");
const INSIDE = new RegExp(String.raw`${ESCAPE}|[^]`, "uy");

/**
 * The pieces of a pattern that mean something by themselves; only those that .NET may read otherwise are told apart.
 */
function tokens(pattern: string): Token[] {
  const found: Token[] = [];
  let inClass = false;
  for (let index = 0; index < pattern.length;) {
    const piece: RegExp = inClass ? INSIDE : OUTSIDE;
    piece.lastIndex = index;
    const [text = ""]: readonly string[] = piece.exec(pattern) ?? [];
    if (text === "") break;
    found.push({ text, inClass });
    if (inClass) inClass = text !== "]";
    else inClass = text === "[" || text === "[^";
    index += text.length;
  }
  return found;
}

function refused(text: string, inClass: boolean): string | undefined {
  if (text.startsWith("\\u{")) return "\\u{…} is no escape";
  if (/^\\p\{/i.test(text) && !/^\\p\{[A-Z][a-z]?\}$/i.test(text)) return `${text} is no category`;
  return !inClass && /^\[\^?\]$/.test(text) ? `${text} does not end` : undefined;
}

function differing(text: string, inClass: boolean): string | undefined {
  if (text === "$" && !inClass) return "$ also matches before a final line feed";
  if (text === "." && !inClass) return ". also matches a carriage return";
  if (/^\\[dD]$/.test(text)) return `${text} means the digits of every script`;
  if (/^\\[wW]$/.test(text)) return `${text} means the letters of every script`;
  if (/^\\[bB]$/.test(text) && !inClass) return `${text} means the words of every script`;
  return /^\\[sS]$/.test(text) ? `${text} means other white space` : undefined;
}
