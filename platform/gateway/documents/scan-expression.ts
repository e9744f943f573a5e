/**
 * Finds the end of a policy expression by reading its C# just closely enough to skip strings, characters and comments.
 *
 * @param text the document
 * @param start offset of the `@` of `@(` or `@{`
 * @returns the offset behind the bracket that closes the expression, or -1 when nothing closes it
 *
 * Source: Microsoft Learn, "API Management policy expressions", "Syntax"; the C# lexical grammar.
 */
export function scanExpression(text: string, start: number): number {
  return scanBalanced(text, start + 1);
}

/** True when an expression begins at the offset. */
export function isExpressionStart(text: string, offset: number): boolean {
  return text[offset] === "@" && (text[offset + 1] === "(" || text[offset + 1] === "{");
}

const closers: Readonly<Record<string, string>> = { "(": ")", "{": "}", "[": "]" };

/** From an opening bracket to behind the one that closes it. */
function scanBalanced(text: string, open: number): number {
  const expected: string[] = [];
  let offset = open;
  while (offset < text.length) {
    const character = text.charAt(offset);
    const closer = closers[character];
    if (closer !== undefined) expected.push(closer);
    if (character === ")" || character === "}" || character === "]") {
      if (expected.pop() !== character) return -1;
      if (expected.length === 0) return offset + 1;
    }
    offset = skipToken(text, offset);
    if (offset === -1) return -1;
  }
  return -1;
}

/** Behind the string, character, comment or single other character at the offset. */
function skipToken(text: string, offset: number): number {
  if (text.startsWith("//", offset)) return endOf(text, "\n", offset + 2);
  if (text.startsWith("/*", offset)) return endOf(text, "*/", offset + 2);
  if (text.startsWith('@"', offset)) return skipVerbatim(text, offset + 2);
  if (text.startsWith('$"', offset)) return skipInterpolated(text, offset + 2, false);
  if (text.startsWith('$@"', offset) || text.startsWith('@$"', offset))
    return skipInterpolated(text, offset + 3, true);
  if (text[offset] === '"' || text[offset] === "'") return skipQuoted(text, offset);
  return offset + 1;
}

function endOf(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found === -1 ? -1 : found + end.length;
}

function skipQuoted(text: string, open: number): number {
  const quote = text[open];
  for (let offset = open + 1; offset < text.length; offset++) {
    if (text[offset] === "\\") offset++;
    else if (text[offset] === quote) return offset + 1;
  }
  return -1;
}

function skipVerbatim(text: string, from: number): number {
  for (let offset = from; offset < text.length; offset++) {
    if (text[offset] !== '"') continue;
    if (text[offset + 1] !== '"') return offset + 1;
    offset++;
  }
  return -1;
}

function skipInterpolated(text: string, from: number, verbatim: boolean): number {
  let offset = from;
  while (offset < text.length && offset !== -1) {
    const character = text[offset];
    const doubled = text[offset + 1] === character;
    if (character === '"' && !(verbatim && doubled)) return offset + 1;
    if (character === "{" && !doubled) offset = scanBalanced(text, offset);
    else if (character === '"' || character === "{") offset += 2;
    else offset += character === "\\" && !verbatim ? 2 : 1;
  }
  return -1;
}
