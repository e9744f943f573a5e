import type { Position } from "../finding.ts";
import { isList, isObject, objectAt, type Json, type JsonObject } from "../load/json.ts";
import type { Contract } from "../load/load-contracts.ts";
import type { Sources } from "../load/sources.ts";
import { buildModel } from "../model/build-model.ts";
import type { ChangedPlace } from "./changed-place.ts";
import { changesBetween, type JsonPath } from "./changes-between.ts";
import { undoChange } from "./undo-change.ts";
import { restoreReferences, withoutRefusals } from "./without-refusals.ts";

/**
 * Where the sources of a contract say something else than the document that was published from them; for what is gone, the line
 * of what held it.
 */
export function contractPlaces(
  published: JsonObject,
  { document, files, name }: Contract,
  contracts: readonly Contract[],
  sources: Sources,
): ChangedPlace[] {
  const now = withoutRefusals(document);
  const before = restoreReferences(withoutRefusals(published), now);
  const changes = changesBetween(before, now);
  // A component that nothing refers to any more is gone from the bundle: the reference that went is the place.
  const own = changes.filter((path) => path[0] !== "components" || path.length > 2);
  return (own.length > 0 ? own : changes).map((path) => ({
    at: placeOf(path, document, files[0] ?? "", sources),
    undone: () => {
      const former = undoChange(document, before, path, sources.locations);
      return buildModel(sources, () =>
        contracts.map((one) => (one.name === name ? { ...one, document: former } : one)),
      );
    },
  }));
}

function placeOf(path: JsonPath, document: JsonObject, file: string, sources: Sources): Position {
  const { locations } = sources;
  let node: Json | undefined = document;
  let place = locations.at(document);
  for (const [depth, key] of path.entries()) {
    const child: Json | undefined = memberOf(node, key);
    place =
      componentPlace(path.slice(0, depth + 1), child, file, sources) ??
      (isNode(node) ? locations.find(node, key) : undefined) ??
      (isNode(child) ? locations.find(child) : undefined) ??
      place;
    node = child;
  }
  return place;
}

/** The bundle gathers components of several files: each stands where its name is written. */
function componentPlace(
  path: JsonPath,
  component: Json | undefined,
  file: string,
  sources: Sources,
): Position | undefined {
  const [root, section, name] = path.map(String);
  if (root !== "components" || section === undefined || path.length > 3) return undefined;
  const contract = objectAt(sources.yaml(file), "components");
  if (name === undefined) return section in contract ? sources.locations.at(contract, section) : undefined;
  const own = objectAt(contract, section);
  if (name in own) return sources.locations.at(own, name);
  const place = isNode(component) ? sources.locations.find(component) : undefined;
  const shared = place && sources.yaml(place.file);
  return shared && name in shared ? sources.locations.at(shared, name) : place;
}

function memberOf(node: Json | undefined, key: string | number): Json | undefined {
  if (isList(node)) return node[Number(key)];
  return isObject(node) ? node[key] : undefined;
}

function isNode(value: Json | undefined): value is JsonObject | readonly Json[] {
  return isObject(value) || isList(value);
}
