import { _, type Ajv2020, type CodeKeywordDefinition, type KeywordCxt } from "ajv/dist/2020.js";
import { and } from "ajv/dist/compile/codegen/index.js";
import { isObject, objectAt } from "../load/json.ts";

const KEYWORD = "additionalProperties";

/**
 * Has validators report the first member of an object that its schema does not name (`additionalProperties: false`), and look
 * for no other. How many there are is the sender's to choose, 200,000 in a body of 2 MB, and each would be told in the same
 * words; everything else that is wrong is reported as before.
 */
export function reportOneUnknownMember(ajv: Ajv2020): void {
  const builtIn = ajv.getKeyword(KEYWORD);
  if (!isCodeKeyword(builtIn))
    throw new Error(`ajv compiles ${KEYWORD} in a way that the generator does not know`);
  ajv.removeKeyword(KEYWORD);
  ajv.addKeyword({
    ...builtIn,
    before: "properties",
    code(context, ruleType) {
      if (isClosed(context)) findFirst(context);
      else builtIn.code(context, ruleType);
    },
  });
}

function isCodeKeyword(definition: unknown): definition is CodeKeywordDefinition {
  return isObject(definition) && typeof definition.code === "function";
}

function isClosed({ schema, parentSchema, it }: KeywordCxt): boolean {
  return schema === false && parentSchema.patternProperties === undefined && it.opts.unevaluated !== true;
}

function findFirst(context: KeywordCxt): void {
  const { gen, data, parentSchema } = context;
  const names = isObject(parentSchema) ? Object.keys(objectAt(parentSchema, "properties")) : [];
  gen.forIn("key", data, (key) => {
    gen.if(and(_`true`, ...names.map((name) => _`${key} !== ${name}`)), () => {
      context.setParams({ additionalProperty: key });
      context.error();
      gen.break();
    });
  });
}
