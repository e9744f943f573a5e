import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/**
 * A source file and every one that it leads to by imports of values, lazy ones too; types change no output. An import that
 * only looks like one, in a template of generated code, leads to no file and counts for nothing.
 * @param entry relative to the project, with forward slashes, as are the names of the files
 * @returns their texts by name
 */
export function reachableSources(projectDirectory: string, entry: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const visit = (name: string): void => {
    const file = join(projectDirectory, name);
    if (texts.has(name) || !existsSync(file)) return;
    const text = readFileSync(file, "utf8");
    texts.set(name, text);
    for (const specifier of importsIn(text)) visit(posix.join(posix.dirname(name), specifier));
  };
  visit(entry);
  return texts;
}

const STATEMENT = /^(?:import|export)\s+(?!type\s)[^;"()]*?from\s+"(\.[^"]+\.ts)"/gm;
const EXPRESSION = /\bimport\(\s*"(\.[^"]+\.ts)"\s*\)/g;

function importsIn(text: string): string[] {
  return [STATEMENT, EXPRESSION].flatMap((form) => [...text.matchAll(form)].map(([, name = ""]) => name));
}
