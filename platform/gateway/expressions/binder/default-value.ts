import { defaultValue } from "../runtime/default-value.ts";
import type { ClrType } from "../types/clr-type.ts";
import type { Bound } from "./bound.ts";

/** `default(T)`. */
export function defaultOf(type: ClrType): Bound {
  const value = defaultValue(type);
  return { type, run: () => value };
}
