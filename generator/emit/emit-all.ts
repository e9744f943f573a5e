import type { PlatformModel } from "../model/model.ts";
import { emitImports } from "../apim/emit-imports.ts";
import { plainArtefact, POLICY_FOLDER, type Artefact } from "./artefact.ts";
import { emitDocuments } from "./emit-document.ts";
import { emitEnvironment } from "./emit-environment.ts";
import { emitFunctions } from "./emit-functions.ts";
import { emitHandlers } from "./emit-handlers.ts";
import { emitManifest } from "./emit-manifest.ts";
import { emitOperations } from "./emit-operations.ts";
import { emitPolicies } from "./emit-policies.ts";
import { emitTypes } from "./emit-types.ts";
import { emitValidators } from "./emit-validators.ts";
import type { OutputFile } from "./output.ts";

type Emitter = (model: PlatformModel) => readonly Artefact[];

const EMITTERS: readonly Emitter[] = [
  emitDocuments,
  emitTypes,
  emitValidators,
  emitOperations,
  emitFunctions,
  emitHandlers,
  emitImportArtefacts,
  emitPolicies,
  emitManifest,
  emitEnvironment,
];

/**
 * Every file that follows from a model, in the order of the paths, none of them rendered.
 * @throws {ContractError} for what the gateway could not import
 */
export function artefactsOf(model: PlatformModel): Artefact[] {
  return EMITTERS.flatMap((emit) => emit(model)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Everything that is generated from a model, in the order of the paths. */
export function emitAll(model: PlatformModel): Promise<OutputFile[]> {
  return Promise.all(artefactsOf(model).map(async ({ path, render }) => ({ path, content: await render() })));
}

/** All at once: what keeps APIM from importing one of the contracts is told together with the rest. */
function emitImportArtefacts(model: PlatformModel): Artefact[] {
  const sources = new Map(model.apis.map(({ name, files }) => [name, files]));
  return emitImports(model).map((file) => {
    const [, , api = ""] = file.path.split("/");
    return plainArtefact(file, [...(sources.get(api) ?? []), POLICY_FOLDER]);
  });
}
