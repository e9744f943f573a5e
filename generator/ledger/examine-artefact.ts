import type { Artefact } from "../emit/artefact.ts";
import { isSameGenerator, type GeneratedState } from "./generated-state.ts";
import { hashOf } from "./hash-of.ts";

/**
 * What is to be said of a generated file. `right`: nothing. `unrecorded`: it is what the sources say, but not what the ledger
 * says. `stale`: made from other inputs. `remade`: this generator makes something else of the same inputs. `edited`: nobody
 * generated what it holds. `missing`: it was generated, and is gone. `unknown`: it is wrong, and no ledger says why.
 */
export type Verdict = "right" | "unrecorded" | "stale" | "remade" | "edited" | "missing" | "unknown";

export interface Examined {
  readonly artefact: Artefact;
  /** What the file should hold. */
  readonly content: string;
  readonly verdict: Verdict;
}

/**
 * Holds a generated file against what the sources say and what the ledger says.
 * @throws {ContractError} for what only shows when the artefact is rendered
 */
export async function examineArtefact(artefact: Artefact, state: GeneratedState): Promise<Examined> {
  const content = await artefact.render();
  return { artefact, content, verdict: verdictOf(artefact, hashOf(content), state) };
}

function verdictOf({ path, inputs }: Artefact, content: string, state: GeneratedState): Verdict {
  const { ledger, generator, present: files } = state;
  const present = files[path];
  const known = ledger?.artefacts[path];
  if (present === undefined) return ledger && !known ? "stale" : "missing";
  const isRecorded = known?.content === present;
  const isSame = known?.inputs === hashOf(JSON.stringify(inputs));
  if (present === content) return isRecorded && isSame ? "right" : "unrecorded";
  if (!ledger) return "unknown";
  if (!isRecorded) return "edited";
  if (!isSame) return "stale";
  // The same generator makes something else of the same inputs than it did: the ledger was edited as well.
  return isSameGenerator(ledger.generator, generator) ? "edited" : "remade";
}
