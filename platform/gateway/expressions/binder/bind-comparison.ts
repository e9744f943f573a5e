import { compareValues } from "../runtime/compare-values.ts";
import { compareNumbers, castNumber, type NumericKind } from "../runtime/number.ts";
import { Char } from "../runtime/char.ts";
import { BOOL } from "../types/clr-type.ts";
import type { Bound } from "./bound.ts";
import { promotedKind } from "./numeric-promotion.ts";
import { underlying } from "./type-relations.ts";

const TESTS: Readonly<Record<string, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  ">": (order) => order > 0,
  "<=": (order) => order <= 0,
  ">=": (order) => order >= 0,
};
const ORDERED = new Set(["DateTime", "DateTimeOffset", "TimeSpan"]);

/** Binds `<`, `>`, `<=` and `>=`; a null operand makes each false. Null where C# has no such operator. */
export function bindComparison(operator: string, left: Bound, right: Bound): Bound | null {
  const compare = comparer(underlying(left.type).name, underlying(right.type).name);
  const test = TESTS[operator];
  if (compare === null || test === undefined) return null;
  return {
    type: BOOL,
    run: (scope) => {
      const a = left.run(scope);
      const b = right.run(scope);
      return a !== null && b !== null && test(compare(a, b));
    },
  };
}

function comparer(left: string, right: string): ((left: unknown, right: unknown) => number) | null {
  const kind = promotedKind(left, right);
  if (kind !== null) return (a, b) => compareNumbers(promote(a, kind), promote(b, kind));
  return left === right && ORDERED.has(left) ? compareValues : null;
}

function promote(value: unknown, kind: NumericKind): unknown {
  return value instanceof Char ? value.code : castNumber(value, kind);
}
