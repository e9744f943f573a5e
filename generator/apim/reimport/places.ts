import { startOf, type Position } from "../../finding.ts";
import { objectAt } from "../../load/json.ts";
import type { ApiModel, PlatformModel } from "../../model/model.ts";

/** Where the paths of a contract begin. */
export function pathsOf({ document }: ApiModel, { locations }: PlatformModel): Position {
  return locations.at(document, "paths");
}

/** Where a path is written, or, when the contract has it no more, where its paths begin. */
export function placeOfPath(path: string, api: ApiModel, model: PlatformModel): Position {
  const paths = objectAt(api.document, "paths");
  return (path in paths ? model.locations.find(paths, path) : undefined) ?? pathsOf(api, model);
}

/** Where an API was: for a contract that is gone there is no line but that of its file. */
export function placeOfApi(gone: ApiModel): Position {
  return startOf(gone.files[0]);
}
