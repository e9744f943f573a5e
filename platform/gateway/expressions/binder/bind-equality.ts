import { equalValues } from "../runtime/compare-values.ts";
import { castNumber, compareNumbers } from "../runtime/number.ts";
import { BOOL, displayType, type ClrType } from "../types/clr-type.ts";
import type { BindScope } from "./bind-scope.ts";
import type { Bound } from "./bound.ts";
import { promotedKind } from "./numeric-promotion.ts";
import { isEnum, isNullable, isReferenceType, referenceDistance, underlying } from "./type-relations.ts";

type Equals = (left: unknown, right: unknown) => boolean;

const VALUE_EQUALITY = new Set(["bool", "string", "Guid", "DateTime", "DateTimeOffset", "TimeSpan", "Uri"]);

/**
 * Binds `==` and `!=` by the static types of the operands: numbers, strings and structs compare values, everything else
 * references. Null where C# refuses the comparison.
 */
export function bindEquality(
  operator: string,
  left: Bound,
  right: Bound,
  line: number,
  scope: BindScope,
): Bound | null {
  const equals = equality(left.type, right.type, line, scope);
  if (equals === null) return null;
  const expected = operator === "==";
  return { type: BOOL, run: (inner) => equals(left.run(inner), right.run(inner)) === expected };
}

function equality(left: ClrType, right: ClrType, line: number, scope: BindScope): Equals | null {
  const { registry } = scope.unit;
  const [a, b] = [underlying(left), underlying(right)];
  const kind = promotedKind(a.name, b.name);
  if (kind !== null) return lifted((x, y) => compareNumbers(castNumber(x, kind), castNumber(y, kind)) === 0);
  if (a.name === b.name && (VALUE_EQUALITY.has(a.name) || isEnum(a, registry))) return lifted(equalValues);
  if (a.name === "null" || b.name === "null") return nullEquality(left, right, scope);
  return referenceEquality(left, right, line, scope);
}

function lifted(equals: Equals): Equals {
  return (left, right) => (left === null || right === null ? left === right : equals(left, right));
}

function nullEquality(left: ClrType, right: ClrType, scope: BindScope): Equals | null {
  const other = left.name === "null" ? right : left;
  const isPossible = isNullable(other) || isReferenceType(other, scope.unit.registry);
  return isPossible ? (a, b) => (a ?? null) === (b ?? null) : null;
}

function referenceEquality(left: ClrType, right: ClrType, line: number, scope: BindScope): Equals | null {
  const { registry } = scope.unit;
  if (!isReferenceType(left, registry) || !isReferenceType(right, registry)) return null;
  const names = [left.name, right.name];
  const isText = names.includes("string");
  const isToken = names.some((name) => name.startsWith("J"));
  const isRelated =
    referenceDistance(left, right, registry) !== null || referenceDistance(right, left, registry) !== null;
  const isInterface = [left, right].some((type) => registry.find(type.name)?.kind === "interface");
  if (!isRelated && !isInterface && !(isText && isToken)) return null;
  if (isText) {
    scope.warn(
      line,
      `"==" compares references: ${displayType(left)} with ${displayType(right)}; cast to string to compare texts`,
    );
  }
  return sameReference;
}

/** Two boxed or separately made values are two objects, even when they are equal. */
function sameReference(left: unknown, right: unknown): boolean {
  const [a, b] = [left ?? null, right ?? null];
  if (a === null || b === null) return a === b;
  return typeof a === "object" && a === b;
}
