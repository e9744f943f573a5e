import { EnumValue } from "../runtime/enum-value.ts";
import { ENUMERATIONS } from "../runtime/enumerations-by-name.ts";
import { defineType, type TypeDefinition } from "../types/type-definition.ts";

/** The enumerations as types; each member is a static property. */
export const ENUMERATION_TYPES: readonly TypeDefinition[] = [...ENUMERATIONS.values()].map((enumeration) =>
  defineType(`enum ${enumeration.fullName}`, {
    holds: (value) => value instanceof EnumValue && value.enumeration === enumeration,
    statics: Object.fromEntries(
      [...enumeration.members].map(([name, value]) => [
        `${enumeration.name} ${name}`,
        () => enumeration.of(value),
      ]),
    ),
    instance: {
      "bool HasFlag(object flag)": (self: EnumValue, flag: unknown) =>
        flag instanceof EnumValue && (self.value & flag.value) === flag.value,
    },
  }),
);
