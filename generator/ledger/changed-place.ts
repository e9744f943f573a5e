import { artefactsOf } from "../emit/emit-all.ts";
import type { Artefact } from "../emit/artefact.ts";
import { ContractError, type Position } from "../finding.ts";
import type { PlatformModel } from "../model/model.ts";

/** A line of a source that is not as it was when `generated/` was made. */
export interface ChangedPlace {
  readonly at: Position;
  /**
   * The model as it would be if only this had stayed as it was.
   * @throws {ContractError} when the rest of the sources cannot do without the change
   */
  readonly undone: () => PlatformModel;
}

/**
 * The artefacts that follow otherwise from the sources than they would if one place had stayed as it was.
 * @param artefacts what follows from the sources as they are
 * @returns their paths; none when the place cannot be told apart from other changes
 */
export function affectedBy({ undone }: ChangedPlace, artefacts: readonly Artefact[]): string[] {
  const now = inputsOf(artefacts);
  const before = former(undone);
  if (!before) return [];
  return [...new Set([...now.keys(), ...before.keys()])].filter((path) => now.get(path) !== before.get(path));
}

function former(undone: () => PlatformModel): ReadonlyMap<string, string> | undefined {
  try {
    return inputsOf(artefactsOf(undone()));
  } catch (error) {
    if (error instanceof ContractError) return undefined;
    throw error;
  }
}

function inputsOf(artefacts: readonly Artefact[]): ReadonlyMap<string, string> {
  return new Map(artefacts.map(({ path, inputs }) => [path, JSON.stringify(inputs)]));
}
