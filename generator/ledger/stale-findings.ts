import { startOf, type Finding, type Position } from "../finding.ts";
import { affectedBy } from "./changed-place.ts";
import { changedPlaces, changedSources, readGenerated } from "./changed-places.ts";
import type { DriftContext } from "./drift-context.ts";
import { shiftedLine } from "./shifted-line.ts";
import { dependsOn, StaleFiles, type PlaceWithStale, type StaleFile } from "./stale-files.ts";

export interface StaleFindings {
  /** One for each changed place of the sources, naming what it makes stale. */
  readonly findings: readonly Finding[];
  /** What no change of a source accounts for. */
  readonly unexplained: readonly StaleFile[];
}

/** Finds the lines of the sources that have made files stale, by what was generated from them before. */
export function staleFindings(stale: readonly StaleFile[], context: DriftContext): StaleFindings {
  if (stale.length === 0) return { findings: [], unexplained: [] };
  const files = new StaleFiles(stale);
  for (const place of changedPlaces(context)) files.explain(place.at, affectedBy(place, context.artefacts));
  for (const at of files.idle()) {
    const possible = files.unexplained().filter((file) => dependsOn(file, at.file));
    files.explain(
      at,
      possible.map(({ path }) => path),
    );
  }
  for (const file of files.unexplained()) {
    const at = guessPlace(file, files.places(), context);
    if (at) files.explain(at, [file.path]);
  }
  return {
    findings: files.places().map((place) => staleFinding(place, context)),
    unexplained: files.unexplained(),
  };
}

/**
 * For a file that no place accounts for: what has moved the lines that it names, or the beginning of a source that has changed.
 * @param places those that account for others
 */
function guessPlace(
  file: StaleFile,
  places: readonly PlaceWithStale[],
  { state }: DriftContext,
): Position | undefined {
  const causes = (changedSources(state) ?? []).filter((source) => dependsOn(file, source));
  const [cause] = file.from.flatMap((one) => causes.filter((source) => source.startsWith(one)));
  const shifted = shiftedLine(readGenerated(file.path, state), file.content);
  const above = places
    .map(({ at }) => at)
    .filter((at) => at.file === shifted?.file && at.line <= shifted.line)
    .sort((a, b) => b.line - a.line);
  return above[0] ?? (cause === undefined ? undefined : (shifted ?? startOf(cause)));
}

function staleFinding({ at, paths }: PlaceWithStale, { state }: DriftContext): Finding {
  const what = at.file in state.sources ? "changed" : "removed";
  const names = paths.map((path) => `generated/${path}`).join(", ");
  return {
    ...{ file: at.file, line: at.line, column: at.column },
    severity: "error",
    rule: "drift/stale",
    message: `${what} since the last npm run generate, which leaves stale: ${names}`,
    hint: "npm run generate",
  };
}
