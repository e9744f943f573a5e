import type { Artefact } from "../emit/artefact.ts";
import type { Contract } from "../load/load-contracts.ts";
import type { Sources } from "../load/sources.ts";
import type { PlatformModel } from "../model/model.ts";
import type { GeneratedState } from "./generated-state.ts";

/** What drift is judged by: the sources as they are, what follows from them, and what is known of what is there. */
export interface DriftContext {
  readonly sources: Sources;
  readonly contracts: readonly Contract[];
  readonly model: PlatformModel;
  readonly artefacts: readonly Artefact[];
  readonly state: GeneratedState;
}
