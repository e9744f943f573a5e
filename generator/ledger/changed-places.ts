import { readFileSync } from "node:fs";
import { join } from "node:path";
import { documentPath } from "../emit/emit-document.ts";
import { isObject, type JsonObject } from "../load/json.ts";
import type { ChangedPlace } from "./changed-place.ts";
import { contractPlaces } from "./contract-places.ts";
import type { DriftContext } from "./drift-context.ts";
import type { GeneratedState } from "./generated-state.ts";
import { changedNames } from "./hash-files.ts";
import { policyPlaces } from "./policy-places.ts";

/** Every place of the sources that says something else than what was generated from it. */
export function changedPlaces({ model, contracts, sources, state }: DriftContext): ChangedPlace[] {
  const generated = (path: string): string | undefined => readGenerated(path, state);
  const ofContracts = contracts.flatMap((contract) => {
    const published = parseObject(generated(documentPath(contract.name)));
    return published ? contractPlaces(published, contract, contracts, sources) : [];
  });
  const changed = changedSources(state);
  return [...ofContracts, ...policyPlaces(model, sources, generated)].filter(
    ({ at }) => !changed || changed.includes(at.file),
  );
}

/** The names of the sources that were added, changed or removed; `undefined` without a ledger: it may be any. */
export function changedSources({ ledger, sources }: GeneratedState): readonly string[] | undefined {
  return ledger && changedNames(ledger.sources, sources);
}

/** What `generated/` holds at a path, when it was generated: from what somebody edited, nothing follows. */
export function readGenerated(path: string, { folder, ledger, present }: GeneratedState): string | undefined {
  const content = present[path];
  const isGenerated = content !== undefined && (!ledger || ledger.artefacts[path]?.content === content);
  return isGenerated ? readFileSync(join(folder, path), "utf8") : undefined;
}

/** Without a ledger, what is there may be anything. */
function parseObject(text: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
