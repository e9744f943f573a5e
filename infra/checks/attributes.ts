import type { StackFinding } from "./stack-finding.ts";
import type { Block, StackIndex } from "./stack-index.ts";
import { typeSchema, type BlockSchema, type TypeSchema } from "./terraform/provider-schema.ts";

/** What Terraform itself reads of a resource. */
const OF_TERRAFORM = new Set(["depends_on", "lifecycle", "provider", "count", "for_each", "provisioner"]);

/** What the provider that is deployed knows and the bindings, which are older, do not. By type. */
const LATER_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  azurerm_api_management_logger: ["application_insights.identity_client_id"],
};

/**
 * That each resource sets what its type requires, nothing that its type does not know, and values of the right kind. This is
 * what `terraform validate` would say, and does so without the provider.
 */
export function checkAttributes(index: StackIndex): StackFinding[] {
  return index.blocks
    .filter(({ type }) => type !== "terraform_remote_state")
    .flatMap((block) => {
      const say = (message: string): StackFinding => ({
        check: "attributes",
        stack: block.stack,
        address: block.address,
        message,
      });
      const schema = typeSchema(block.mode, block.type);
      if (!schema) return [say(`the provider has no ${block.mode} ${block.type}`)];
      return faultsOfBlock(block, schema).map(say);
    });
}

const known = new WeakMap<Block["body"], string[]>();

function faultsOfBlock({ type, body }: Block, schema: TypeSchema): string[] {
  const before = known.get(body);
  if (before) return before;
  const faults = faultsOf(schema, schema.root, body, "", LATER_ATTRIBUTES[type] ?? []);
  known.set(body, faults);
  return faults;
}

function faultsOf(
  types: TypeSchema,
  schema: BlockSchema,
  given: Block["body"],
  prefix: string,
  later: readonly string[],
): string[] {
  const missing = [...schema.settable]
    .filter(([name, { required }]) => required && given[name] === undefined)
    .map(([name]) => `${prefix}${name} is missing: it is required`);
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    if (prefix === "" && OF_TERRAFORM.has(name)) return [];
    const attribute = schema.settable.get(name);
    const path = `${prefix}${name}`;
    if (!attribute)
      return later.includes(path.replace(/\.\d+/g, "")) ? [] : [`${path} is not known to the provider`];
    if (attribute.kind === "block") return blockFaults(types, types.blockOf(attribute), value, path, later);
    return kindFault(attribute.kind, value, path);
  });
  return [...missing, ...wrong];
}

function blockFaults(
  types: TypeSchema,
  schema: BlockSchema | undefined,
  value: unknown,
  path: string,
  later: readonly string[],
): string[] {
  const blocks: readonly unknown[] = Array.isArray(value) ? value : [value];
  return blocks.flatMap((one, at) => {
    if (typeof one !== "object" || one === null) return [`${path} is a block, read ${JSON.stringify(one)}`];
    const prefix = Array.isArray(value) ? `${path}.${at}.` : `${path}.`;
    return schema ? faultsOf(types, schema, one as Block["body"], prefix, later) : [];
  });
}

function kindFault(kind: string, value: unknown, path: string): string[] {
  // What an expression gives, only Terraform knows.
  if (typeof value === "string" && value.startsWith("${")) return [];
  const fits = {
    string: typeof value === "string",
    number: typeof value === "number",
    boolean: typeof value === "boolean",
    strings: isListOf("string", value),
    numbers: isListOf("number", value),
    map: typeof value === "object" && value !== null && !Array.isArray(value),
  }[kind];
  return fits === false ? [`${path} takes ${kind}, read ${JSON.stringify(value)}`] : [];
}

function isListOf(type: "string" | "number", value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((one: unknown) => typeof one === type || (typeof one === "string" && one.includes("${")))
  );
}
