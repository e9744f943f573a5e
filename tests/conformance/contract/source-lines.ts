import { startOf, type Position } from "../../../generator/finding.ts";
import { isList, isObject, type Json } from "../../../generator/load/json.ts";
import type { Locations } from "../../../generator/load/locations.ts";
import { Sources } from "../../../generator/load/sources.ts";
import { buildModel } from "../../../generator/model/build-model.ts";
import type { ApiModel } from "../../../generator/model/model.ts";
import { membersOf } from "./pointer.ts";

/** Where in `openapi/` something of a published document was written. */
export interface SourceLines {
  /**
   * @param pointer of the published document
   * @returns `undefined` for what no source holds, such as the answers that the generator adds for the gateway
   */
  at(api: string, pointer: string): Position | undefined;
}

/**
 * Reads the sources. Nothing of what is checked depends on it: it only gives findings their lines.
 * @throws {ContractError} when the sources cannot be generated from
 */
export function readSourceLines(projectDirectory: string): SourceLines {
  const { apis, locations } = buildModel(new Sources(projectDirectory));
  return {
    at(name, pointer) {
      const api = apis.find((one) => one.name === name);
      const start = startingAt(api, membersOf(pointer), startOf(`openapi/${name}.yaml`));
      let { node, at: found } = start;
      for (const member of start.members) {
        const below = memberOf(node, member);
        // What the generator adds to an operation is found at the operation.
        if (below === undefined) return start.isOperation ? found : undefined;
        found = placeOf(node, member, locations) ?? placeOf(below, undefined, locations) ?? found;
        node = below;
      }
      return found;
    },
  };
}

interface Start {
  readonly node: Json | undefined;
  readonly at: Position;
  /** What is left of the way. */
  readonly members: readonly string[];
  readonly isOperation: boolean;
}

/** An operation is known by its own line; everything else by the way to it. */
function startingAt(api: ApiModel | undefined, members: readonly string[], at: Position): Start {
  const [section, path, method, ...below] = members;
  const operation =
    section === "paths"
      ? api?.operations.find((one) => one.path === path && one.method.toLowerCase() === method)
      : undefined;
  if (operation) return { node: operation.node, at: operation.at, members: below, isOperation: true };
  return { node: api?.document, at, members, isOperation: false };
}

function memberOf(node: Json | undefined, member: string): Json | undefined {
  if (isList(node)) return node[Number(member)];
  return isObject(node) ? node[member] : undefined;
}

/** Where a member was written, or the node itself when none is asked for. */
function placeOf(
  node: Json | undefined,
  member: string | undefined,
  locations: Locations,
): Position | undefined {
  return isObject(node) || isList(node) ? locations.find(node, member) : undefined;
}
