/** The characters of a text as JSON Schema counts them: Unicode code points, not UTF-16 units, and not letters as they are seen. */
export function codePoints(text: string): string[] {
  return Array.from(text);
}
