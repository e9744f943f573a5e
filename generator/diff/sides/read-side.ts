import { Sources } from "../../load/sources.ts";
import { buildModel } from "../../model/build-model.ts";
import type { ApiModel, PlatformModel } from "../../model/model.ts";
import { loadFragments, type Fragment } from "../../policies/load-fragments.ts";
import { DocumentIndex } from "./document-index.ts";
import { Places } from "./places.ts";

/** The contracts before a change, or after it. */
export interface Side {
  /** The folder that it was read from. */
  readonly folder: string;
  readonly sources: Sources;
  readonly model: PlatformModel;
  readonly fragments: ReadonlyMap<string, Fragment>;
  readonly places: Places;
  readonly indexes: ReadonlyMap<string, DocumentIndex>;
}

/**
 * Reads the contracts and policies of a folder.
 * @throws {ContractError} with everything that is wrong in them
 */
export function readSide(folder: string): Side {
  const sources = new Sources(folder);
  const model = buildModel(sources);
  const files = new Set(model.apis.flatMap((api) => [...api.files]));
  return {
    folder,
    sources,
    model,
    fragments: loadFragments(sources),
    places: new Places(sources, [...files]),
    indexes: new Map(model.apis.map(({ name, document }) => [name, new DocumentIndex(document)])),
  };
}

/** One API of a side. */
export interface ApiSide {
  readonly side: Side;
  readonly api: ApiModel;
  readonly index: DocumentIndex;
}

export function apiSide(side: Side, api: ApiModel): ApiSide {
  const index = side.indexes.get(api.name) ?? new DocumentIndex(api.document);
  return { side, api, index };
}
