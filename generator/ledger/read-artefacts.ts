import type { Artefact } from "../emit/artefact.ts";
import { artefactsOf } from "../emit/emit-all.ts";
import { Sources } from "../load/sources.ts";
import { buildModel } from "../model/build-model.ts";
import type { PlatformModel } from "../model/model.ts";

/**
 * Reads the sources of a project into its model, and what follows from that.
 * @throws {ContractError} with everything that is wrong in them
 */
export function readArtefacts(projectDirectory: string): {
  readonly model: PlatformModel;
  readonly artefacts: readonly Artefact[];
} {
  const model = buildModel(new Sources(projectDirectory));
  return { model, artefacts: artefactsOf(model) };
}
