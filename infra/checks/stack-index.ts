import { remember } from "./remember.ts";
import type { StackDocument, StackName, TerraformBlock } from "../stack-document.ts";
import type { Expression } from "./terraform/expression.ts";
import { evaluate, isUnknown, type Scope, type Value } from "./terraform/evaluate.ts";
import { parseTemplate, TemplateError } from "./terraform/parse-template.ts";

/** A resource or data source of a stack. */
export interface Block {
  readonly stack: StackName;
  readonly mode: "resource" | "data";
  readonly type: string;
  readonly name: string;
  /** As Terraform writes it: `azurerm_subnet.app`, `data.azurerm_client_config.own`. */
  readonly address: string;
  /** What is set, without the synthesis's own notes. */
  readonly body: TerraformBlock;
}

/** What a value refers to: an attribute of a block, perhaps of another stack. */
export interface Target {
  readonly block: Block;
  /** Such as `id` or `identity.principal_id`, without indexes. */
  readonly attribute: string;
}

/** All stacks together, with references followed from stack to stack. */
export class StackIndex {
  readonly documents: readonly StackDocument[];
  readonly #blocks = new Map<string, Block>();
  readonly #byType = new Map<string, Block[]>();

  constructor(documents: readonly StackDocument[]) {
    this.documents = documents;
    for (const one of documents) for (const block of blocksOf(one)) this.#add(block);
  }

  /** Every resource and data source, in the order of the stacks. */
  get blocks(): readonly Block[] {
    return [...this.#blocks.values()];
  }

  /** The resources of the given types, of all stacks. */
  resources(...types: readonly string[]): readonly Block[] {
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  document(stack: StackName): StackDocument | undefined {
    return this.documents.find(({ name }) => name === stack);
  }

  block(stack: StackName, address: string): Block | undefined {
    return this.#blocks.get(`${stack}/${address}`);
  }

  /** The text of a value, with `‹stack/address.attribute›` for what only Azure knows; undefined when it is no text. */
  text(stack: StackName, raw: unknown): string | undefined {
    const value = this.value(stack, raw);
    if (isUnknown(value)) return `‹${value.unknown}›`;
    return typeof value === "string" ? value : undefined;
  }

  /** What a value is once its references are followed. A template that cannot be parsed is unknown. */
  value(stack: StackName, raw: unknown): Value {
    if (typeof raw !== "string") return this.#evaluated(stack, raw);
    const key = `${stack} ${raw}`;
    const before = this.#values.get(key);
    if (before !== undefined) return before;
    const value = this.#evaluated(stack, raw);
    this.#values.set(key, value);
    return value;
  }

  readonly #values = new Map<string, Value>();

  #evaluated(stack: StackName, raw: unknown): Value {
    try {
      return this.#value(stack, raw, 0);
    } catch (error) {
      if (error instanceof TemplateError) return { unknown: "unparsable" };
      throw error;
    }
  }

  /** What a value refers to, when it is one reference and nothing else. */
  target(stack: StackName, raw: unknown): Target | undefined {
    const value = this.value(stack, raw);
    if (isUnknown(value)) return value.target;
    return this.#literalTarget(stack, raw, 0);
  }

  /** The target of a reference to something that the configuration itself says, such as a name. */
  #literalTarget(stack: StackName, raw: unknown, depth: number): Target | undefined {
    const path = typeof raw === "string" ? soleReference(raw) : undefined;
    if (!path || depth > 8) return undefined;
    const output = this.outputOf(stack, path);
    if (output) return this.#literalTarget(output.stack, output.value, depth + 1);
    const found = this.#find(stack, path);
    return found && { block: found.block, attribute: found.rest.join(".") };
  }

  /** The output of another stack that a path such as `data.terraform_remote_state.x.outputs.y` names. */
  outputOf(stack: StackName, path: readonly string[]): { stack: StackName; value: unknown } | undefined {
    const [data, type, name = "", outputs, output = ""] = path;
    if (data !== "data" || type !== "terraform_remote_state" || outputs !== "outputs") return undefined;
    const state = this.block(stack, `data.terraform_remote_state.${name}`);
    const other = state && this.stackOfState(state);
    const value = other?.document.output?.[output]?.value;
    return other && value !== undefined ? { stack: other.name, value } : undefined;
  }

  readonly #stackOfState = remember((state: Block) => this.#findStack(state));

  /** The stack whose state a `terraform_remote_state` reads: the one that keeps its own in the same place. */
  stackOfState(state: Block): StackDocument | undefined {
    return this.#stackOfState(state);
  }

  #findStack({ body }: Block): StackDocument | undefined {
    const kind = String(body.backend);
    const wanted = JSON.stringify(sorted(body.config));
    return this.documents.find(({ document }) => {
      const backend = document.terraform?.backend as Readonly<Record<string, unknown>> | undefined;
      return backend?.[kind] !== undefined && JSON.stringify(sorted(backend[kind])) === wanted;
    });
  }

  #value(stack: StackName, raw: unknown, depth: number): Value {
    if (typeof raw === "string") return evaluate(parseTemplate(raw), this.#scope(stack, depth));
    if (Array.isArray(raw)) return raw.map((one) => this.#value(stack, one, depth));
    if (typeof raw === "object" && raw !== null)
      return Object.fromEntries(
        Object.entries(raw).map(([key, one]) => [key, this.#value(stack, one, depth)]),
      );
    return typeof raw === "number" || typeof raw === "boolean" ? raw : null;
  }

  #scope(stack: StackName, depth: number): Scope {
    return {
      file: (path) => this.document(stack)?.assets.get(path.replace(/^\.\//, "")),
      resolve: (path) => this.#resolve(stack, path, depth),
    };
  }

  #resolve(stack: StackName, path: readonly string[], depth: number): Value {
    const text = path.join(".");
    if (text === "path.module") return ".";
    if (depth > 20) return { unknown: `${stack}/${text}` };
    const output = this.outputOf(stack, path);
    if (output) {
      const value = this.#value(output.stack, output.value, depth + 1);
      return select(value, path.slice(5)) ?? { unknown: `${stack}/${text}` };
    }
    if (path[0] === "local") {
      const value = this.document(stack)?.document.locals?.[path[1] ?? ""];
      return value === undefined ? { unknown: `${stack}/${text}` } : this.#value(stack, value, depth + 1);
    }
    const found = this.#find(stack, path);
    if (!found) return { unknown: `${stack}/${text}` };
    const { block, rest } = found;
    const names = rest.filter((one) => !/^\d+$/.test(one));
    const set = rest.length === 0 ? undefined : select(block.body as Value, rest);
    if (set !== undefined && names.join(".") !== "id") return this.#value(stack, set, depth + 1);
    return {
      unknown: `${stack}/${block.address}.${names.join(".")}`,
      target: { block, attribute: names.join(".") },
    };
  }

  #find(stack: StackName, path: readonly string[]): { block: Block; rest: string[] } | undefined {
    const length = path[0] === "data" ? 3 : 2;
    const block = this.block(stack, path.slice(0, length).join("."));
    return block && { block, rest: path.slice(length) };
  }

  #add(block: Block): void {
    this.#blocks.set(`${block.stack}/${block.address}`, block);
    if (block.mode !== "resource") return;
    const others = this.#byType.get(block.type);
    if (others) others.push(block);
    else this.#byType.set(block.type, [block]);
  }
}

function blocksOf({ name: stack, document }: StackDocument): Block[] {
  return (["resource", "data"] as const).flatMap((mode) =>
    Object.entries(document[mode] ?? {}).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, block]) => {
        const body = withoutNulls(block);
        const address = mode === "data" ? `data.${type}.${name}` : `${type}.${name}`;
        return { stack, mode, type, name, address, body };
      }),
    ),
  );
}

/** Without the synthesis's own notes, and without what is written as null, which Terraform takes for not written. */
const withoutNulls = remember((block: TerraformBlock): TerraformBlock => {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([key, one]) => one !== null && key !== "//");
    return Object.fromEntries(entries.map(([key, one]) => [key, clean(one)]));
  };
  return clean(block) as TerraformBlock;
});

/** The names and indexes of a reference: `azurerm_x.y.identity[0].id` → `["azurerm_x", "y", "identity", "0", "id"]`. */
export function referencePath(expression: Expression): string[] | undefined {
  if (expression.kind === "name") return [expression.name];
  if (expression.kind !== "attribute" && expression.kind !== "index") return undefined;
  const of = referencePath(expression.of);
  if (expression.kind === "attribute") return of && [...of, expression.name];
  return of && expression.at.kind === "literal" ? [...of, String(expression.at.value)] : undefined;
}

function soleReference(raw: string): string[] | undefined {
  const [part, ...others] = parseTemplate(raw);
  if (part?.kind !== "expression" || others.length > 0) return undefined;
  return referencePath(part.expression);
}

/** What is at a path of names and indexes. A block that is written alone is also its own first element. */
function select(value: Value, path: readonly string[]): Value | undefined {
  let at: Value | undefined = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null) return undefined;
    if (Array.isArray(at)) at = (at as readonly Value[])[Number(step)];
    else if ("unknown" in at) return undefined;
    else if (step !== "0") at = (at as Readonly<Record<string, Value>>)[step];
  }
  return at;
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
