import { transform } from "esbuild";
import type { ApiModel, PlatformModel } from "../model/model.ts";
import { compileValidators } from "./compile-validators.ts";
import { codeFile, type OutputFile } from "./output.ts";
import { requestSchemas, responseSchemas, sharedSchemas } from "./validation-schemas.ts";

/**
 * The validators of each API, compiled by ajv: nothing is compiled at start-up, and nothing of ajv but its small
 * helpers is loaded.
 * @throws {ContractError} `schema/invalid` for a schema that ajv's strict mode refuses
 */
export async function emitValidators(model: PlatformModel): Promise<OutputFile[]> {
  return (await Promise.all(model.apis.map((api) => emitApi(api, model)))).flat();
}

async function emitApi(api: ApiModel, { locations }: PlatformModel): Promise<OutputFile[]> {
  const exported = [...requestSchemas(api), ...responseSchemas(api)];
  const compiled = compileValidators(sharedSchemas(api, locations), exported);
  // esbuild prints it, in a millisecond, and drops what ajv declares but never uses.
  const { code } = await transform(compiled, {
    format: "esm",
    target: "node22",
    charset: "utf8",
    treeShaking: true,
  });
  return [
    codeFile(`${api.name}/validators.js`, [api.files[0]], code),
    codeFile(`${api.name}/validators.d.ts`, [api.files[0]], declare(exported.map(({ name }) => name))),
  ];
}

function declare(names: readonly string[]): string {
  const lines = names.map((name) => `export declare const ${name}: Validator;`);
  return ['import type { Validator } from "../../runtime/operation.ts";', "", ...lines].join("\n");
}
