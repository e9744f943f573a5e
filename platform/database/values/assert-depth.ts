import { CommandError } from "../errors.ts";
import { isDocument } from "./document.ts";

/** MongoDB's limit for any document, in levels. */
const maxDepth = 200;

/** Refuses what a recursive walk should not enter. @throws {CommandError} `Overflow` */
export function assertDepth(value: unknown, depth = 0): void {
  if (depth > maxDepth) throw new CommandError("Overflow", `nested deeper than ${maxDepth} levels`);
  if (Array.isArray(value)) value.forEach((element) => assertDepth(element, depth + 1));
  else if (isDocument(value)) Object.values(value).forEach((field) => assertDepth(field, depth + 1));
}
