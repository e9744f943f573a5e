import { _, Ajv2020, Name, type CodeKeywordDefinition } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { refuse, type Position } from "../finding.ts";
import type { JsonObject } from "../load/json.ts";
import { FORMATS } from "./formats.ts";
import { reportOneUnknownMember } from "./unknown-members.ts";

/** A schema, the name that it has for others or of its function, and where a finding about it belongs. */
export interface CompiledSchema {
  readonly name: string;
  readonly schema: JsonObject;
  readonly at: Position;
}

/**
 * Compiles schemas into the source of an ES module that exports one function for each of `exported`.
 * @param shared schemas that others refer to by name; each is compiled once
 * @throws {ContractError} `schema/invalid` for one that ajv's strict mode refuses
 */
export function compileValidators(
  shared: readonly CompiledSchema[],
  exported: readonly CompiledSchema[],
): string {
  const { distinct, aliases } = findEqual(exported);
  const compiled = [...shared, ...distinct];
  const ajv = createAjv(compiled);
  for (const { name, schema } of compiled) ajv.addSchema({ ...schema, $id: name });
  for (const { name, at } of compiled) {
    try {
      ajv.getSchema(name);
    } catch (error) {
      refuse(at, "schema/invalid", error instanceof Error ? error.message : String(error));
    }
  }
  const code = standalone.default(ajv, Object.fromEntries(distinct.map(({ name }) => [name, name])));
  return importHelpers(code) + aliases.map(([alias, name]) => `\nexport { ${name} as ${alias} };`).join("");
}

/** Of schemas that are equal, the first is compiled and the others are other names of it. */
function findEqual(exported: readonly CompiledSchema[]): {
  distinct: CompiledSchema[];
  aliases: [string, string][];
} {
  const first = new Map<string, CompiledSchema>();
  const aliases: [string, string][] = [];
  for (const one of exported) {
    const key = JSON.stringify(one.schema);
    const known = first.get(key);
    if (known) aliases.push([one.name, known.name]);
    else first.set(key, one);
  }
  return { distinct: [...first.values()], aliases };
}

function createAjv(schemas: readonly CompiledSchema[]): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    inlineRefs: false,
    meta: false,
    validateSchema: false,
    formats: { ...FORMATS },
    code: { source: true, esm: true, lines: false, optimize: 2 },
  });
  const text = JSON.stringify(schemas.map(({ schema }) => schema));
  // Ajv2020 turns these on for every schema; following them costs code and time in each validator.
  ajv.opts.unevaluated = text.includes('"unevaluated');
  ajv.opts.dynamicRef = text.includes('"$dynamic');
  ajv.addKeyword(notAfterToday);
  reportOneUnknownMember(ajv);
  return ajv;
}

/** Partial dates compare as text. `today` comes with the request, so the clock is the caller's. */
const notAfterToday: CodeKeywordDefinition = {
  keyword: "x-not-after-today",
  type: "string",
  schemaType: "boolean",
  error: { message: "must not be after today" },
  code: (context) => {
    const isAfter = _`${context.data} > ${new Name("rootData")}.today`;
    if (context.schema === true) context.fail(isAfter);
  },
};

/**
 * Standalone code asks for ajv's helpers by `require`, also in a module (ajv issue 2209). What the default import of a
 * CommonJS module is, Node and bundlers do not agree on: the whole module, or its `default`.
 */
function importHelpers(code: string): string {
  const modules = new Map<string, string>();
  const body = code.replaceAll(
    /require\("(ajv\/dist\/runtime\/[\w-]+)"\)\.default/g,
    (_call, path: string) => {
      const name = `ajv_${(path.split("/").at(-1) ?? "").replaceAll(/\W/g, "_")}`;
      modules.set(path, name);
      return `(${name}.default ?? ${name})`;
    },
  );
  const imports = [...modules].map(([path, name]) => `import ${name} from "${path}.js";\n`);
  return imports.join("") + body.replace('"use strict";', "");
}
