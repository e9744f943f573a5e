import { ALL_SOURCES } from "../emit/artefact.ts";
import { artefactsOf } from "../emit/emit-all.ts";
import type { Finding } from "../finding.ts";
import { loadContracts, type Contract } from "../load/load-contracts.ts";
import { Sources } from "../load/sources.ts";
import { buildModel } from "../model/build-model.ts";
import type { PlatformModel } from "../model/model.ts";
import type { DriftContext } from "./drift-context.ts";
import { examineArtefact, type Examined, type Verdict } from "./examine-artefact.ts";
import {
  driftFinding,
  editedFinding,
  extraFinding,
  missingFinding,
  nothingGenerated,
  strayFinding,
} from "./file-findings.ts";
import { isSameGenerator, readState, type GeneratedState } from "./generated-state.ts";
import { generatorFindings } from "./generator-findings.ts";
import { LEDGER } from "./ledger.ts";
import { staleFindings } from "./stale-findings.ts";
import type { StaleFile } from "./stale-files.ts";

/**
 * Says how `generated/` differs from what the sources say, and why: `drift/stale` at each line of a contract or a policy that
 * has changed since, `drift/edited` for what was not generated, `drift/missing`, `drift/extra`, `drift/generator` when it is
 * the generator that has changed, `drift/ledger` for a ledger that is of no use. Renders everything, believes nothing that the
 * ledger says about a file that is wrong, and writes nothing.
 * @throws {ContractError} with everything that is wrong in the sources: nothing could be generated from them
 */
export async function judgeDrift(projectDirectory: string): Promise<Finding[]> {
  const context = readContext(projectDirectory);
  const { model, artefacts, state } = context;
  const examined = await Promise.all(artefacts.map((one) => examineArtefact(one, state)));
  const of = (...verdicts: Verdict[]) => examined.filter(({ verdict }) => verdicts.includes(verdict));
  if (!state.ledger && Object.keys(state.present).length === 0) return [nothingGenerated()];
  const { gone, extra } = findSurplus(examined, state, model);
  const stale = [...of("stale", "unknown").map(staleFile), ...gone];
  const { findings, unexplained } = staleFindings(stale, context);
  return [
    ...ledgerFindings(state, of("unrecorded")),
    ...findings,
    ...causeOfTheRest(projectDirectory, state, unexplained, of("remade")),
    ...of("edited").map(({ artefact, content }) => editedFinding(artefact.path, content, state)),
    ...of("missing").map(({ artefact }) => missingFinding(artefact.path)),
    ...extra.map(extraFinding),
  ];
}

function readContext(projectDirectory: string): DriftContext {
  const sources = new Sources(projectDirectory);
  let contracts: readonly Contract[] = [];
  const model = buildModel(sources, () => (contracts = loadContracts(sources)));
  return { sources, contracts, model, artefacts: artefactsOf(model), state: readState(projectDirectory) };
}

function staleFile({ artefact: { path, from }, content }: Examined): StaleFile {
  return { path, from, content };
}

/** What is there and should not be: left over from a source that is gone, or from nothing that was ever generated. */
function findSurplus(
  examined: readonly Examined[],
  { present, ledger }: GeneratedState,
  model: PlatformModel,
): { gone: StaleFile[]; extra: string[] } {
  const expected = new Set(examined.map(({ artefact }) => artefact.path));
  const surplus = Object.keys(present).filter((path) => !expected.has(path));
  const isKnown = (path: string): boolean => ledger?.artefacts[path]?.content === present[path];
  return {
    gone: surplus
      .filter(isKnown)
      .map((path) => ({ path, from: formerSources(path, model), content: undefined })),
    extra: surplus.filter((path) => !isKnown(path)),
  };
}

/** The contract that an artefact without a source came from, by its folder; any of them for a policy of all. */
function formerSources(path: string, { apis }: PlatformModel): readonly string[] {
  const name = /^(?:apim\/apis\/)?([a-z][a-z0-9-]*)\//.exec(path)?.[1] ?? "";
  if (name === "apim") return ALL_SOURCES;
  return apis.find((api) => api.name === name)?.files ?? [`openapi/${name}.yaml`];
}

function ledgerFindings(
  { ledger, fault, generator }: GeneratedState,
  unrecorded: readonly Examined[],
): Finding[] {
  if (fault) return [fault];
  if (!ledger) return [missingFinding(LEDGER)];
  const isOurs = isSameGenerator(ledger.generator, generator);
  if (unrecorded.length === 0 || !isOurs) return [];
  const names = unrecorded.map(({ artefact }) => `generated/${artefact.path}`).join(", ");
  const message = `the ledger does not know as generated, though it is right: ${names}`;
  return [driftFinding(`generated/${LEDGER}`, "ledger", message)];
}

/** A file that no source accounts for was left behind by the generator's own change, or by a merge of ledgers. */
function causeOfTheRest(
  projectDirectory: string,
  state: GeneratedState,
  unexplained: readonly StaleFile[],
  remade: readonly Examined[],
): Finding[] {
  const { ledger, generator } = state;
  const isOurs = !ledger || isSameGenerator(ledger.generator, generator);
  if (isOurs) return unexplained.map(({ path, content }) => strayFinding(path, content, state));
  const paths = [
    ...unexplained.map(({ path }) => path),
    ...remade.map(({ artefact }) => artefact.path),
  ].sort();
  const names = paths.map((path) => `generated/${path}`);
  const outcome = paths.length === 0 ? "only the ledger has to follow" : `stale: ${nameSome(names)}`;
  return generatorFindings(projectDirectory, ledger.generator, generator, outcome);
}

/** All of them would say less: most changes of the generator concern every file of a kind. */
function nameSome(names: readonly string[]): string {
  const [shown, rest] = [names.slice(0, 3), names.length - 3];
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}
