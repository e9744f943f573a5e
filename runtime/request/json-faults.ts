/** Deeper than any schema of ours, shallow enough for any parser behind us. */
const MAX_DEPTH = 64;

/**
 * Finds what `JSON.parse` accepts in silence and we do not: an object that names a member twice (of which the parser keeps
 * the last, and another parser the first), half of a surrogate pair (which no database keeps; RFC 7493, 2.1), and nesting
 * deeper than 64 levels.
 * @param text valid JSON
 * @returns what is wrong, or `null`
 */
export function findJsonFault(text: string): string | null {
  /** The names of each open object, `null` for each open array. */
  const open: (Set<string> | null)[] = [];
  let expectsName = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        expectsName = text.charCodeAt(at) === OPEN_OBJECT;
        open.push(expectsName ? new Set() : null);
        if (open.length > MAX_DEPTH) return `The body is nested deeper than ${MAX_DEPTH} levels.`;
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        open.pop();
        expectsName = false;
        break;
      case COMMA:
        expectsName = open.at(-1) instanceof Set;
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        const value = valueOf(text.slice(at, end + 1));
        if (!value.isWellFormed()) return "A string of the body holds half of a surrogate pair.";
        if (expectsName && repeats(open.at(-1), value)) {
          return "An object of the body has two members of the same name.";
        }
        expectsName = false;
        at = end;
        break;
      }
    }
  }
  return null;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** The index of the closing quote. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
}

function valueOf(literal: string): string {
  return literal.includes("\\") ? String(JSON.parse(literal)) : literal.slice(1, -1);
}

function repeats(names: Set<string> | null | undefined, name: string): boolean {
  if (!names) return false;
  if (names.has(name)) return true;
  names.add(name);
  return false;
}
