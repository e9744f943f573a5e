import type { PlatformModel } from "../model/model.ts";
import { emitImports } from "../apim/emit-imports.ts";
import { emitDocuments } from "./emit-document.ts";
import { emitEnvironment } from "./emit-environment.ts";
import { emitFunctions } from "./emit-functions.ts";
import { emitManifest } from "./emit-manifest.ts";
import { emitOperations } from "./emit-operations.ts";
import { emitPolicies } from "./emit-policies.ts";
import { emitTypes } from "./emit-types.ts";
import { emitValidators } from "./emit-validators.ts";
import { formatCode } from "./format-code.ts";
import type { OutputFile } from "./output.ts";

type Emitter = (model: PlatformModel) => readonly OutputFile[] | Promise<readonly OutputFile[]>;

const EMITTERS: readonly Emitter[] = [
  emitDocuments,
  emitTypes,
  emitValidators,
  emitOperations,
  emitFunctions,
  emitImports,
  emitPolicies,
  emitManifest,
  emitEnvironment,
];

/** Everything that is generated from a model, in the order of the paths. */
export async function emitAll(model: PlatformModel): Promise<OutputFile[]> {
  const emitted = await Promise.all(EMITTERS.map(async (emit) => emit(model)));
  const formatted = await Promise.all(emitted.flat().map(formatCode));
  return formatted.sort((a, b) => (a.path < b.path ? -1 : 1));
}
