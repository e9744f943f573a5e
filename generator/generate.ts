import { emitAll } from "./emit/emit-all.ts";
import type { OutputFile } from "./emit/output.ts";
import { Sources } from "./load/sources.ts";
import { buildModel } from "./model/build-model.ts";

/**
 * Everything that `generated/` should hold but its ledger, from `openapi/` and `apim-policies/` of a repository. Writes
 * nothing.
 * @throws {ContractError} with everything that is wrong in them
 */
export async function generate(projectDirectory: string): Promise<OutputFile[]> {
  return emitAll(buildModel(new Sources(projectDirectory)));
}
