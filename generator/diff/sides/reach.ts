import { isList, isObject, listAt, objectAt, type Json } from "../../load/json.ts";
import { dereference } from "../../model/contract-reader.ts";
import type { OperationModel } from "../../model/model.ts";
import { placeKey } from "./places.ts";
import type { ApiSide } from "./read-side.ts";

/** Every place of a contract that the operations lead to. */
export function reach(side: ApiSide, operations: readonly OperationModel[]): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<object>();
  const add = (node: object, key?: string): void => {
    const at = side.side.places.at(node, key);
    if (at) found.add(placeKey(at));
  };
  const visit = (node: Json): void => {
    if ((!isObject(node) && !isList(node)) || seen.has(node)) return;
    seen.add(node);
    add(node);
    if (isObject(node) && typeof node.$ref === "string") visit(dereference(side.api.document, node));
    for (const [key, value] of Object.entries(node)) {
      add(node, key);
      visit(value);
    }
  };
  const paths = objectAt(side.api.document, "paths");
  for (const { node, path, method } of operations) {
    const item = objectAt(paths, path);
    add(paths, path);
    add(item, method.toLowerCase());
    visit(listAt(item, "parameters"));
    visit(node);
  }
  return found;
}
