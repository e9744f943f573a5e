import { transform } from "esbuild";
import { compileValidators, type CompiledSchema } from "./compile-validators.ts";

/**
 * The code of `validators.js`.
 * @throws {ContractError} `schema/invalid` for a schema that ajv's strict mode refuses
 */
export async function printValidators(
  shared: readonly CompiledSchema[],
  exported: readonly CompiledSchema[],
): Promise<string> {
  const compiled = compileValidators(shared, exported);
  // esbuild prints it, in a millisecond, and drops what ajv declares but never uses.
  const { code } = await transform(compiled, {
    format: "esm",
    target: "node22",
    charset: "utf8",
    treeShaking: true,
  });
  return code;
}
