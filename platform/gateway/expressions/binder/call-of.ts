import type { ClrType } from "../types/clr-type.ts";
import type { Call } from "../types/type-definition.ts";
import type { TypeRegistry } from "../types/type-registry.ts";
import { typeTest } from "./holds-type.ts";

/** What implementations get as their last argument. */
export function callOf(bindings: ReadonlyMap<string, ClrType>, registry: TypeRegistry): Call {
  return {
    type(parameter) {
      const type = bindings.get(parameter);
      if (type === undefined) throw new TypeError(`the type parameter ${parameter} is not bound`);
      return type;
    },
    holds: (type, value) => typeTest(type, registry)(value),
  };
}
