import type { Position } from "../../finding.ts";
import { isObject, type Json } from "../../load/json.ts";
import { dereference } from "../../model/contract-reader.ts";
import type { ApiPair } from "../operations/api-pair.ts";
import { childAt } from "../sides/pointer.ts";

/** The last reference on a way through both documents that leads elsewhere than it did. */
export function swapOnWay(keys: readonly string[], { base, head }: ApiPair): Position | undefined {
  let before: Json | undefined = base.api.document;
  let after: Json | undefined = head.api.document;
  let swap: Position | undefined;
  for (const key of keys) {
    before = childAt(resolve(before, base.api.document), key);
    after = childAt(resolve(after, head.api.document), key);
    if (isObject(before) && isObject(after) && after.$ref !== undefined && before.$ref !== after.$ref)
      swap = head.side.places.at(after, "$ref");
  }
  return swap;
}

function resolve(node: Json | undefined, document: ApiPair["base"]["api"]["document"]): Json | undefined {
  return isObject(node) && node.$ref !== undefined ? dereference(document, node) : node;
}
