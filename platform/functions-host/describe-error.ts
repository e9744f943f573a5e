import { basename } from "node:path";

/**
 * Says what kind of error it was and where it was thrown, but not its message, which may hold a person's data.
 *
 * @example "TypeError at index.cjs:120:14"
 */
export function describeError(error: unknown): string {
  if (typeof error !== "object" || error === null) return `a thrown ${typeof error}`;
  const name =
    "name" in error && typeof error.name === "string" && NAME.test(error.name) ? error.name : "Error";
  const place = "stack" in error && typeof error.stack === "string" ? placeOf(error.stack) : undefined;
  return place === undefined ? name : `${name} at ${place}`;
}

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** The first frame that is a file: `    at name (/folder/index.cjs:120:14)`. */
function placeOf(stack: string): string | undefined {
  const [, path, position] =
    /^ {4}at .*?((?:file:|\/|[A-Za-z]:\\)[^\n()]+?)(:\d+:\d+)\)?$/m.exec(stack) ?? [];
  return path === undefined || position === undefined ? undefined : basename(path) + position;
}
