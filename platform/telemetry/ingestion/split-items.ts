/** Stands in the place of an item that is no JSON. */
export const NOT_JSON = Symbol("not JSON");

/** The most items that one body may hold; the SDK sends a few hundred. */
export const MAX_ITEMS = 100_000;

/**
 * Splits a body into its items: a JSON array, one JSON object, or an object a line.
 *
 * @returns more than `MAX_ITEMS` items when the body holds too many; they are not all there then
 */
export function splitItems(body: Buffer): readonly unknown[] {
  const text = body.toString();
  const whole = parse(text);
  if (Array.isArray(whole)) return whole;
  return whole === NOT_JSON && text.includes("\n") ? splitLines(text) : [whole];
}

function splitLines(text: string): readonly unknown[] {
  const lines = text.split("\n", MAX_ITEMS + 1);
  return lines.length > MAX_ITEMS ? lines : lines.filter((line) => line.trim() !== "").map(parse);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}
