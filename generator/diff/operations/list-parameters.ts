import { isObject, listAt, objectAt, stringAt, type JsonList, type JsonObject } from "../../load/json.ts";
import { dereference } from "../../model/contract-reader.ts";
import type { OperationModel } from "../../model/model.ts";
import type { ApiSide } from "../sides/read-side.ts";

/** A parameter of an operation, and where the operation or its path lists it. */
export interface ListedParameter {
  readonly name: string;
  readonly in: string;
  /** As it is listed: perhaps a reference. */
  readonly entry: JsonObject;
  readonly node: JsonObject;
  readonly list: JsonList;
  readonly index: number;
  /** Which of the path's parameters it is, from left to right; `-1` elsewhere. */
  readonly position: number;
}

/** The parameters of an operation: its own, and those of its path that it does not replace (OpenAPI 3.1.1, 4.8.10). */
export function listParameters({ api }: ApiSide, operation: OperationModel): ListedParameter[] {
  const item = objectAt(objectAt(api.document, "paths"), operation.path);
  const names = [...operation.path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);
  const listed = [listAt(item, "parameters"), listAt(operation.node, "parameters")].flatMap((list) =>
    list.flatMap((entry, index): ListedParameter[] => {
      if (!isObject(entry)) return [];
      const node = dereference(api.document, entry);
      const name = stringAt(node, "name") ?? "";
      const place = stringAt(node, "in") ?? "";
      const position = place === "path" ? names.indexOf(name) : -1;
      return [{ name, in: place, entry, node, list, index, position }];
    }),
  );
  return [...new Map(listed.map((parameter) => [keyOf(parameter), parameter])).values()];
}

/** Names of headers compare without regard to case (RFC 9110, 5.1). */
export function keyOf({ in: place, name }: ListedParameter): string {
  return `${place} ${place === "header" ? name.toLowerCase() : name}`;
}
