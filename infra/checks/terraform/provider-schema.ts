import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What may be set in a block. */
export interface BlockSchema {
  readonly settable: ReadonlyMap<string, SettableAttribute>;
}

export interface SettableAttribute {
  readonly required: boolean;
  readonly kind: "string" | "number" | "boolean" | "strings" | "numbers" | "map" | "block";
  /** The block's own schema, for `block`. */
  readonly block: string | undefined;
  /** A list of blocks or of values. */
  readonly many: boolean;
}

/** What the provider's bindings say of one type of resource or data source. */
export interface TypeSchema {
  readonly root: BlockSchema;
  blockOf(attribute: SettableAttribute): BlockSchema | undefined;
  /** Whether the path of names, such as `["identity", "principal_id"]`, can be read from it. */
  readable(path: readonly string[]): boolean;
}

const bindings = dirname(createRequire(import.meta.url).resolve("@cdktf/provider-azurerm/package.json"));
const known = new Map<string, TypeSchema | undefined>();

/**
 * Reads the schema of a type from the text of the provider's bindings: loading them takes a hundred times as long.
 *
 * @param type such as `azurerm_subnet`
 * @returns undefined when the provider has no such type
 */
export function typeSchema(mode: "resource" | "data", type: string): TypeSchema | undefined {
  const key = `${mode} ${type}`;
  if (!known.has(key)) known.set(key, readSchema(mode, type));
  return known.get(key);
}

function readSchema(mode: "resource" | "data", type: string): TypeSchema | undefined {
  const name = (mode === "data" ? `data-${type}` : type.replace(/^azurerm_/, "")).replaceAll("_", "-");
  const folder = join(bindings, "lib", name);
  if (!existsSync(folder)) return undefined;
  const blocks = readInterfaces(readFileSync(join(folder, "index.d.ts"), "utf8"));
  const classes = readClasses(readFileSync(join(folder, "index.js"), "utf8"));
  const root = [...blocks].find(([, { isRoot }]) => isRoot)?.[1] ?? { settable: new Map() };
  const rootClass = [...classes.values()].find((one) => one.isRoot);
  return {
    root,
    blockOf: ({ block }) => (block === undefined ? undefined : blocks.get(block)),
    readable: (path) => readable(classes, rootClass, path),
  };
}

interface ReadInterface extends BlockSchema {
  readonly isRoot: boolean;
}

const INTERFACE = /^export interface (\w+)( extends cdktf\.TerraformMetaArguments)? \{\n([\s\S]*?)^\}/gm;
const PROPERTY = /\*\/\n {4}readonly (\w+)(\?)?: (\{[\s\S]*?\}|[^;]+?)( \| cdktf\.IResolvable)?;\n/g;

function readInterfaces(text: string): Map<string, ReadInterface> {
  const found = new Map<string, ReadInterface>();
  for (const [, name = "", root, body = ""] of text.matchAll(INTERFACE)) {
    const settable = new Map<string, SettableAttribute>();
    let from = 0;
    for (const match of body.matchAll(PROPERTY)) {
      const [whole, , optional, type = ""] = match;
      const docs = body.slice(from, match.index);
      from = match.index + whole.length;
      // The documentation's anchor is the only place of Terraform's own spelling.
      const spelling = /#(\w+) \w+#\1\}/.exec(docs)?.[1];
      if (spelling !== undefined)
        settable.set(spelling, { required: optional === undefined, ...kindOf(type) });
    }
    found.set(name, { settable, isRoot: root !== undefined });
  }
  return found;
}

function kindOf(type: string): Pick<SettableAttribute, "kind" | "block" | "many"> {
  const base = type.replace(/ \| cdktf\.IResolvable/g, "").trim();
  const many = base.endsWith("[]");
  const one = base.replace(/[()]|\[\]$/g, "");
  if (one.startsWith("{")) return { kind: "map", block: undefined, many: false };
  if (one === "string") return { kind: many ? "strings" : "string", block: undefined, many };
  if (one === "number") return { kind: many ? "numbers" : "number", block: undefined, many };
  if (one === "boolean") return { kind: "boolean", block: undefined, many };
  return { kind: "block", block: one, many };
}

interface ReadClass {
  readonly isRoot: boolean;
  /** By attribute: the class of what it gives, for a block. */
  readonly attributes: ReadonlyMap<string, string | undefined>;
}

const CLASS = /^class (\w+) extends cdktf\.(\w+) \{\n([\s\S]*?)^\}/gm;
const PLAIN = /(Map)?Attribute\('(\w+)'\)/g;
const NESTED = /new ([\w.]+)\(this, ["'](\w+)["']/g;

function readClasses(text: string): Map<string, ReadClass> {
  const found = new Map<string, ReadClass>();
  for (const [, name = "", parent = "", body = ""] of text.matchAll(CLASS)) {
    const attributes = new Map<string, string | undefined>();
    for (const [, map, attribute = ""] of body.matchAll(PLAIN))
      attributes.set(attribute, map === undefined ? undefined : "cdktf.Map");
    for (const [, nested = "", attribute = ""] of body.matchAll(NESTED))
      attributes.set(attribute, nested.replace(/List$/, "OutputReference"));
    const isRoot = parent === "TerraformResource" || parent === "TerraformDataSource";
    found.set(name, { isRoot, attributes });
  }
  return found;
}

function readable(
  classes: ReadonlyMap<string, ReadClass>,
  of: ReadClass | undefined,
  [name, ...rest]: readonly string[],
): boolean {
  if (name === undefined) return true;
  if (!of?.attributes.has(name)) return false;
  const nested = of.attributes.get(name);
  // Maps hold whatever was put into them.
  if (nested === undefined || nested.startsWith("cdktf.")) return rest.length === 0 || nested !== undefined;
  return readable(classes, classes.get(nested), rest);
}
