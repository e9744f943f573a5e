import type { FieldPath } from "../values/field-path.ts";

/** A test of the value at a path. `value` operands are BSON values, compared with BSON's rules. */
export type Predicate =
  | { readonly kind: "equal"; readonly value: unknown }
  | { readonly kind: "in"; readonly values: readonly unknown[]; readonly patterns: readonly RegExp[] }
  | { readonly kind: "range"; readonly operator: RangeOperator; readonly value: unknown }
  | { readonly kind: "regex"; readonly pattern: RegExp; readonly literal: unknown; readonly prefix: string }
  | { readonly kind: "exists" }
  | { readonly kind: "type"; readonly types: ReadonlySet<string> }
  | { readonly kind: "size"; readonly size: number }
  | { readonly kind: "elementFilter"; readonly filter: Filter }
  | { readonly kind: "elementPredicates"; readonly filter: Filter };

/** The four comparisons that an index can bound. */
export type RangeOperator = "$gt" | "$gte" | "$lt" | "$lte";

/**
 * A parsed query. Inside `elementPredicates` the path of each predicate is empty: the element itself.
 * An `and` of nothing is true, an `or` of nothing false.
 */
export type Filter =
  | { readonly kind: "and" | "or"; readonly filters: readonly Filter[] }
  | { readonly kind: "not"; readonly filter: Filter }
  | { readonly kind: "path"; readonly path: FieldPath; readonly predicate: Predicate };
