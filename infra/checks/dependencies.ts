import type { StackName } from "../stack-document.ts";
import { remember } from "./remember.ts";
import { referencePath, type Block, type StackIndex } from "./stack-index.ts";
import { expressionsIn, partsOf, type Expression } from "./terraform/expression.ts";
import { parseTemplate, TemplateError } from "./terraform/parse-template.ts";
import { visitStrings } from "./visit-strings.ts";

/** The references in a string, each as its names and indexes. A string that cannot be parsed has none. */
export function referencesIn(text: string): string[][] {
  if (!text.includes("${")) return [];
  try {
    return expressionsIn(parseTemplate(text)).flatMap(referencesOf);
  } catch (error) {
    if (error instanceof TemplateError) return [];
    throw error;
  }
}

/** The references in an expression, the longest of each. */
export function referencesOf(expression: Expression): string[][] {
  const path = referencePath(expression);
  if (path) return [path];
  return partsOf(expression).flatMap(referencesOf);
}

/** What a block waits for directly, in its own stack and, through outputs, in others. */
export function directDependencies(index: StackIndex, block: Block): Block[] {
  const found = new Set<Block>();
  const add = (stack: StackName, path: readonly string[]) => {
    const output = index.outputOf(stack, path);
    if (output) {
      visitStrings(output.value, (text) => {
        for (const inner of referencesIn(text)) add(output.stack, inner);
      });
      return;
    }
    const target = index.block(stack, path.slice(0, path[0] === "data" ? 3 : 2).join("."));
    if (target) found.add(target);
  };
  visitStrings(block.body, (text, path) => {
    if (/^depends_on\.\d+$/.test(path)) add(block.stack, text.split("."));
    else for (const reference of referencesIn(text)) add(block.stack, reference);
  });
  return [...found];
}

/** Each block's direct dependencies. */
export const dependencyGraph = remember(
  (index: StackIndex): ReadonlyMap<Block, readonly Block[]> =>
    new Map(index.blocks.map((block) => [block, directDependencies(index, block)])),
);

/** Whether `from` waits for `to`, over any number of steps. */
export function dependsOn(
  graph: ReadonlyMap<Block, readonly Block[]>,
  from: Block,
  to: (block: Block) => boolean,
): boolean {
  const seen = new Set<Block>();
  const open = [from];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const one of graph.get(next) ?? []) {
      if (to(one)) return true;
      if (!seen.has(one)) open.push(one);
      seen.add(one);
    }
  }
  return false;
}
