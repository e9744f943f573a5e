import type { Json } from "../load/json.ts";

/** A file to be written. `path` is relative to `generated/`, with forward slashes. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
}

/** The line that heads every generated file that can hold a comment. */
export function headline(sources: readonly string[]): string {
  return `Generated from ${sources.join(", ")} by "npm run generate". Do not edit.`;
}

/** A file of TypeScript or JavaScript, headed. */
export function codeFile(path: string, sources: readonly string[], code: string): OutputFile {
  return { path, content: `// ${headline(sources)}\n${code.trimEnd()}\n` };
}

/** A JSON file, two spaces a level. */
export function jsonFile(path: string, value: Json | object): OutputFile {
  return { path, content: `${JSON.stringify(value, null, 2)}\n` };
}
