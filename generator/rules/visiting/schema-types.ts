import { isList } from "../../load/json.ts";
import type { Spot } from "./spot.ts";

/** The JSON types that a schema names in `type`: one, several or none. */
export function typesOf({ object }: Spot): string[] {
  const types = isList(object.type) ? object.type : [object.type];
  return types.filter((type) => typeof type === "string");
}

/** Whether the values are counted out, so that no limit is needed. */
export function isEnumerated({ object }: Spot): boolean {
  return "enum" in object || "const" in object;
}
