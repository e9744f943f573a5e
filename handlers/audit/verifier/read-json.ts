import { readFileSync } from "node:fs";

/**
 * Reads a file of JSON.
 * @throws {SyntaxError} which tells nothing of what is in the file: the parser's own message quotes it
 */
export function readJson(file: string): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError("it is not JSON");
  }
}
