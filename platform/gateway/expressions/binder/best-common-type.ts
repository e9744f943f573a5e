import type { ClrType } from "../types/clr-type.ts";
import type { TypeRegistry } from "../types/type-registry.ts";
import type { Bound } from "./bound.ts";
import { implicitConversion } from "./implicit-conversion.ts";

/** The one type among those of some values that all the others convert to; null when there is none. */
export function bestCommonType(values: readonly Bound[], registry: TypeRegistry): ClrType | null {
  const candidates = values
    .map(({ type }) => type)
    .filter(({ name }) => name !== "null" && name !== "never" && name !== "void");
  const best = candidates.find((candidate) =>
    values.every((value) => implicitConversion(value, candidate, registry) !== null),
  );
  return best ?? null;
}
