import { STACKS } from "../stack-document.ts";
import { dependencyGraph, referencesOf } from "./dependencies.ts";
import type { StackFinding } from "./stack-finding.ts";
import type { Block, StackIndex } from "./stack-index.ts";
import { expressionsIn, partsOf, type Expression } from "./terraform/expression.ts";
import { parseTemplate, TemplateError } from "./terraform/parse-template.ts";
import { typeSchema } from "./terraform/provider-schema.ts";
import { visitStrings } from "./visit-strings.ts";

type Place = Pick<StackFinding, "stack" | "address">;

/** That every expression can be parsed, and everything that it names is there and can be read. */
export function checkReferences(index: StackIndex): StackFinding[] {
  return [
    ...index.blocks.flatMap((block) => [
      ...expressionFindings(index, block, block.body),
      ...dependsOnFindings(index, block),
    ]),
    ...index.documents.flatMap(({ name: stack, document }) => [
      ...Object.entries(document.output ?? {}).flatMap(([name, output]) =>
        expressionFindings(index, { stack, address: `output.${name}` }, output),
      ),
      ...expressionFindings(index, { stack, address: "locals" }, document.locals ?? {}),
      ...expressionFindings(index, { stack, address: "provider" }, document.provider ?? {}),
    ]),
    ...stateFindings(index),
    ...cycleFindings(index),
  ];
}

function expressionFindings(index: StackIndex, place: Place, value: unknown): StackFinding[] {
  const found: StackFinding[] = [];
  visitStrings(value, (text, path) => {
    if (path.startsWith("depends_on.") || path.startsWith("lifecycle.")) return;
    const say = (message: string) =>
      found.push({
        check: "references",
        stack: place.stack,
        address: place.address,
        message: `${path}: ${message}`,
      });
    let expressions: readonly Expression[];
    try {
      expressions = expressionsIn(parseTemplate(text));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      say(`cannot be parsed as a template: ${error.message}. Text that holds $\{ or %{ belongs into a file.`);
      return;
    }
    for (const expression of expressions) {
      for (const reference of referencesOf(expression)) {
        const wrong = referenceFault(index, place, reference);
        if (wrong !== undefined) say(wrong);
      }
      for (const file of filesOf(expression))
        if (index.document(place.stack)?.assets.has(file) !== true)
          say(`the file ${JSON.stringify(file)} is not among the stack's assets`);
    }
  });
  return found;
}

const OWN_NAMES = new Set(["path.module", "path.root", "path.cwd", "terraform.workspace"]);

function referenceFault(index: StackIndex, { stack }: Place, path: readonly string[]): string | undefined {
  const text = path.join(".");
  const [root = "", second = ""] = path;
  const document = index.document(stack)?.document;
  if (root === "local") return document?.locals?.[second] === undefined ? `there is no ${text}` : undefined;
  if (root === "var") return document?.variable?.[second] === undefined ? `there is no ${text}` : undefined;
  if (OWN_NAMES.has(text) || root === "each" || root === "self" || root === "count") return undefined;
  const length = root === "data" ? 3 : 2;
  const block = index.block(stack, path.slice(0, length).join("."));
  if (!block) return `refers to ${path.slice(0, length).join(".")}, which is not in this stack`;
  if (block.type === "terraform_remote_state") return outputFault(index, block, path);
  const names = path.slice(length).filter((one) => !/^\d+$/.test(one));
  if (names.length === 0) return undefined;
  // What a later provider than the bindings' reads is written down by being set.
  const readable = typeSchema(block.mode, block.type)?.readable(names) ?? false;
  if (readable || block.body[names[0] ?? ""] !== undefined) return undefined;
  return `refers to ${text}, but ${block.type} has no attribute ${names.join(".")}`;
}

function outputFault(index: StackIndex, state: Block, path: readonly string[]): string | undefined {
  const other = index.stackOfState(state);
  if (!other) return `${state.address} reads the state of no stack`;
  const output = path[4] ?? "";
  if (path[3] !== "outputs" || output === "") return `${path.join(".")} names no output`;
  if (other.document.output?.[output] === undefined) return `the ${other.name} stack has no output ${output}`;
  return undefined;
}

function filesOf(expression: Expression): string[] {
  const inner = partsOf(expression).flatMap(filesOf);
  if (expression.kind !== "call" || !expression.name.startsWith("file")) return inner;
  const [path] = expression.arguments;
  if (path?.kind === "literal") return [String(path.value).replace(/^\.\//, ""), ...inner];
  // `file("${path.module}/assets/…")`
  if (path?.kind !== "template") return inner;
  const rest = path.template.flatMap((part) => (part.kind === "text" ? [part.text] : []));
  return [rest.join("").replace(/^\.?\//, ""), ...inner];
}

function dependsOnFindings(index: StackIndex, block: Block): StackFinding[] {
  const targets = block.body.depends_on;
  return (Array.isArray(targets) ? targets : [])
    .map(String)
    .filter((target) => !index.block(block.stack, target))
    .map((target) => ({
      check: "references",
      stack: block.stack,
      address: block.address,
      message: `depends_on names ${target}, which is not in this stack`,
    }));
}

/** A stack may read only those that are deployed before it. */
function stateFindings(index: StackIndex): StackFinding[] {
  return index.blocks
    .filter(({ type }) => type === "terraform_remote_state")
    .flatMap((state) => {
      const other = index.stackOfState(state);
      const place = { check: "references", stack: state.stack, address: state.address };
      if (!other) return [{ ...place, message: "reads a state that no stack keeps: compare the backends" }];
      if (STACKS.indexOf(other.name) < STACKS.indexOf(state.stack)) return [];
      return [
        {
          ...place,
          message: `reads the state of ${other.name}, which is not deployed before ${state.stack}`,
        },
      ];
    });
}

function cycleFindings(index: StackIndex): StackFinding[] {
  const graph = dependencyGraph(index);
  const state = new Map<Block, "open" | "done">();
  const found: StackFinding[] = [];
  const visit = (block: Block, trail: readonly Block[]): void => {
    if (state.get(block) === "done") return;
    if (state.get(block) === "open") {
      const cycle = [...trail.slice(trail.indexOf(block)), block].map(({ address }) => address).join(" → ");
      const { stack, address } = block;
      found.push({ check: "references", stack, address, message: `waits for itself: ${cycle}` });
      return;
    }
    state.set(block, "open");
    for (const next of graph.get(block) ?? []) visit(next, [...trail, block]);
    state.set(block, "done");
  };
  for (const block of graph.keys()) visit(block, []);
  return found;
}
