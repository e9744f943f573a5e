import { BadParameter } from "./bad-parameter.ts";

/**
 * Reads a body that is a JSON object.
 *
 * @param text `undefined` when the body was too long to be read
 * @throws BadParameter for anything else, and for a member that is not known: it would be lost without a word
 */
export function readBody(
  text: string | undefined,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (text === undefined) throw new BadParameter("The request body is too long.");
  return readMembers("the request body", parse(text), known);
}

/** @throws BadParameter as {@link readBody} does; @param where the member that holds the value */
export function readMembers(
  where: string,
  value: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw new BadParameter(`Expected ${where} to be a JSON object.`);
  const unknown = Object.keys(value).filter((name) => !known.includes(name));
  if (unknown.length === 0) return value;
  throw new BadParameter(
    `The local vault does not store ${unknown.map((name) => `"${name}"`).join(", ")} of ${where}; it knows ${known.join(", ")}.`,
  );
}

/** @throws BadParameter for something other than `true` and `false`; absent stays absent */
export function readBoolean(name: string, value: unknown): boolean | undefined {
  if (value === undefined || typeof value === "boolean") return value;
  throw new BadParameter(`Expected ${name} to be true or false.`);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may hold a secret.
    throw new BadParameter("The request body is not valid JSON.");
  }
}
