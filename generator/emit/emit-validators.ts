import type { ApiModel, PlatformModel } from "../model/model.ts";
import { codeArtefact, type Artefact } from "./artefact.ts";
import type { CompiledSchema } from "./compile-validators.ts";
import { codeFile } from "./output.ts";
import { requestSchemas, responseSchemas, sharedSchemas } from "./validation-schemas.ts";

/**
 * The validators of each API, compiled by ajv: nothing is compiled at start-up, and nothing of ajv but its small
 * helpers is loaded. Rendering them throws `schema/invalid` for a schema that ajv's strict mode refuses.
 */
export function emitValidators(model: PlatformModel): Artefact[] {
  return model.apis.flatMap((api) => emitApi(api, model));
}

function emitApi(api: ApiModel, { locations }: PlatformModel): Artefact[] {
  const shared = sharedSchemas(api, locations);
  const exported = [...requestSchemas(api), ...responseSchemas(api)];
  const names = exported.map(({ name }) => name);
  return [
    compiled(api, shared, exported),
    codeArtefact(codeFile(`${api.name}/validators.d.ts`, [api.files[0]], declare(names)), api.files),
  ];
}

/** Where a schema stands matters to findings alone: it is no input. */
function compiled(
  { name, files }: ApiModel,
  shared: readonly CompiledSchema[],
  exported: readonly CompiledSchema[],
): Artefact {
  const path = `${name}/validators.js`;
  const bare = (schemas: readonly CompiledSchema[]) => schemas.map(({ name, schema }) => ({ name, schema }));
  return {
    path,
    from: files,
    inputs: { source: files[0], shared: bare(shared), exported: bare(exported) },
    render: async () => {
      const { printValidators } = await import("./print-validators.ts");
      return codeFile(path, [files[0]], await printValidators(shared, exported)).content;
    },
  };
}

function declare(names: readonly string[]): string {
  const lines = names.map((name) => `export declare const ${name}: Validator;`);
  return ['import type { Validator } from "../../runtime/operation.ts";', "", ...lines].join("\n");
}
