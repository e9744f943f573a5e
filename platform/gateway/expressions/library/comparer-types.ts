import { ClrValue } from "../runtime/clr-value.ts";
import type { EnumValue } from "../runtime/enum-value.ts";
import type { KeyComparer } from "../runtime/keyed-value.ts";
import { defineType, type MemberTable } from "../types/type-definition.ts";
import { compareBy, comparison, folded } from "./string-comparison.ts";

/** `StringComparer`. */
export class StringComparer extends ClrValue {
  readonly typeName = "System.StringComparer";
  readonly comparison: EnumValue;

  constructor(by: EnumValue) {
    super();
    this.comparison = by;
  }

  /** What stands for a text among keys. */
  readonly keyFor: KeyComparer = (key) =>
    typeof key === "string" ? `s:${folded(key, this.comparison)}` : key;
}

const NAMES = ["CurrentCulture", "CurrentCultureIgnoreCase", "Ordinal", "OrdinalIgnoreCase"] as const;

/** StringComparer and the interfaces it is passed as. */
export const COMPARER_TYPES = [
  defineType("interface System.Collections.Generic.IEqualityComparer<T>", {}),
  defineType("interface System.Collections.Generic.IComparer<T>", {}),
  defineType("class System.StringComparer : IEqualityComparer<string>, IComparer<string>", {
    holds: (value) => value instanceof StringComparer,
    statics: statics(),
    instance: {
      "bool Equals(string? left, string? right)": (
        self: StringComparer,
        left: string | null,
        right: string | null,
      ) => compareBy(left, right, self.comparison) === 0,
      "int Compare(string? left, string? right)": (
        self: StringComparer,
        left: string | null,
        right: string | null,
      ) => compareBy(left, right, self.comparison),
    },
  }),
];

function statics(): MemberTable {
  const own = NAMES.map(
    (name) => [`StringComparer ${name}`, () => new StringComparer(comparison(name))] as const,
  );
  return {
    ...Object.fromEntries(own),
    "StringComparer InvariantCulture": () => new StringComparer(comparison("CurrentCulture")),
    "StringComparer InvariantCultureIgnoreCase": () =>
      new StringComparer(comparison("CurrentCultureIgnoreCase")),
  };
}
