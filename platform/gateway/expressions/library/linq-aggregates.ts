import { arithmetic } from "../runtime/arithmetic.ts";
import { iterate } from "../runtime/iterate.ts";
import {
  castNumber,
  double,
  integerRange,
  toBigInt,
  toNumber,
  decimal,
  toDecimal,
  type NumericKind,
} from "../runtime/number.ts";
import { Decimal } from "../runtime/decimal.ts";
import { raise, raiseInvalidOperation } from "../runtime/thrown.ts";
import type { MemberTable } from "../types/type-definition.ts";

type Selector = (item: unknown) => unknown;
type Fold = (total: unknown, item: unknown) => unknown;

const KINDS: readonly NumericKind[] = ["int", "long", "double", "decimal", "float"];

/** The methods of `Enumerable` that give one value made of all elements. */
export const LINQ_AGGREGATES: MemberTable = {
  "int Count<T>(this IEnumerable<T> source)": (source: unknown) => count(source, () => true),
  "int Count<T>(this IEnumerable<T> source, Func<T, bool> predicate)": count,
  "long LongCount<T>(this IEnumerable<T> source)": (source: unknown) => BigInt(count(source, () => true)),
  "T Aggregate<T>(this IEnumerable<T> source, Func<T, T, T> fold)": (source: unknown, fold: Fold) => {
    const items = [...iterate(source)];
    if (items.length === 0) raiseInvalidOperation("Sequence contains no elements");
    return items.reduce((total, item) => fold(total, item));
  },
  "A Aggregate<T, A>(this IEnumerable<T> source, A seed, Func<A, T, A> fold)": (
    source: unknown,
    seed: unknown,
    fold: Fold,
  ) => [...iterate(source)].reduce((total, item) => fold(total, item), seed),
  ...Object.fromEntries(KINDS.flatMap(sums)),
  ...Object.fromEntries(KINDS.flatMap(averages)),
};

function count(source: unknown, predicate: Selector): number {
  let total = 0;
  for (const item of iterate(source)) if (predicate(item) === true) total++;
  return total;
}

function sums(kind: NumericKind): [string, (source: unknown, selector?: unknown) => unknown][] {
  return [
    [`${kind} Sum(this IEnumerable<${kind}> source)`, (source) => sum(source, (item) => item, kind)],
    [
      `${kind} Sum<T>(this IEnumerable<T> source, Func<T, ${kind}> selector)`,
      (source, selector) => sum(source, asSelector(selector), kind),
    ],
  ];
}

function averages(kind: NumericKind): [string, (source: unknown, selector?: unknown) => unknown][] {
  const result = kind === "decimal" ? "decimal" : kind === "float" ? "float" : "double";
  return [
    [
      `${result} Average(this IEnumerable<${kind}> source)`,
      (source) => average(source, (item) => item, result),
    ],
    [
      `${result} Average<T>(this IEnumerable<T> source, Func<T, ${kind}> selector)`,
      (source, selector) => average(source, asSelector(selector), result),
    ],
  ];
}

/** Integer sums are checked, unlike the operator `+`. */
function sum(source: unknown, selector: Selector, kind: NumericKind): unknown {
  if (kind === "int" || kind === "long") {
    const total = Array.from(iterate(source), (item) => toBigInt(selector(item))).reduce(
      (left, right) => left + right,
      0n,
    );
    const { least, most } = integerRange(kind);
    if (total < least || total > most)
      raise("OverflowException", "Arithmetic operation resulted in an overflow.");
    return kind === "int" ? Number(total) : total;
  }
  const add = arithmetic("+", kind);
  return Array.from(iterate(source), selector).reduce(add, castNumber(0, kind));
}

function average(source: unknown, selector: Selector, kind: "double" | "decimal" | "float"): unknown {
  const values = Array.from(iterate(source), selector);
  if (values.length === 0) raiseInvalidOperation("Sequence contains no elements");
  if (kind === "decimal") {
    const total = values.map(toDecimal).reduce((left, right) => left.add(right));
    return decimal(total.divide(Decimal.of(BigInt(values.length), 0)));
  }
  const total = values.map(toNumber).reduce((left, right) => left + right, 0);
  return castNumber(double(total / values.length), kind);
}

function asSelector(selector: unknown): Selector {
  if (typeof selector !== "function") throw new TypeError("a selector is a function");
  return (item) => Reflect.apply(selector, undefined, [item]) as unknown;
}
