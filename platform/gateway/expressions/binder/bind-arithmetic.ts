import { arithmetic, shift, type BinaryOperation } from "../runtime/arithmetic.ts";
import { DateTime, DateTimeOffset } from "../runtime/date-time.ts";
import { EnumValue } from "../runtime/enum-value.ts";
import { castNumber, isIntegerKind } from "../runtime/number.ts";
import { raiseNullReference } from "../runtime/thrown.ts";
import { TimeSpan } from "../runtime/time-span.ts";
import { BOOL, clrType, type ClrType } from "../types/clr-type.ts";
import type { BindScope } from "./bind-scope.ts";
import type { Bound } from "./bound.ts";
import { convertImplicitly } from "./implicit-conversion.ts";
import { promotedKind } from "./numeric-promotion.ts";
import { isEnum, isNullable, underlying } from "./type-relations.ts";

interface Operation {
  readonly type: ClrType;
  readonly apply: BinaryOperation;
}

/** Binds `+ - * / %`, bitwise operators and shifts; null where C# has no such operator. */
export function bindArithmetic(operator: string, left: Bound, right: Bound, scope: BindScope): Bound | null {
  const operation = find(operator, left, right, scope);
  if (operation === null) return null;
  const { apply } = operation;
  const isLifted = isNullable(left.type) || isNullable(right.type);
  const bound: Bound = {
    type: isLifted ? clrType("Nullable", operation.type) : operation.type,
    run: (inner) => {
      const a = left.run(inner);
      const b = right.run(inner);
      return a === null || b === null ? null : apply(a, b);
    },
  };
  const isConstant =
    !isLifted && operation.type.name === "int" && left.constant !== undefined && right.constant !== undefined;
  const isDivision = operator === "/" || operator === "%";
  if (!isConstant || isDivision) return bound;
  return { ...bound, constant: { value: apply(left.constant.value, right.constant.value) } };
}

function find(operator: string, left: Bound, right: Bound, scope: BindScope): Operation | null {
  const [a, b] = [underlying(left.type), underlying(right.type)];
  return (
    numeric(operator, left, right, a.name, b.name, scope) ??
    boolean(operator, a.name, b.name) ??
    flags(operator, a, b, scope) ??
    time(operator, a.name, b.name)
  );
}

function numeric(
  operator: string,
  left: Bound,
  right: Bound,
  a: string,
  b: string,
  scope: BindScope,
): Operation | null {
  if (operator === "<<" || operator === ">>") return shifted(operator, a, b);
  const kind = promotedKind(a, b) ?? constantPromotion(left, right, scope);
  const isBitwise = ["&", "|", "^"].includes(operator);
  if (kind === null || (isBitwise && !isIntegerKind(kind))) return null;
  const apply = arithmetic(operator, kind);
  return { type: clrType(kind), apply: (x, y) => apply(castNumber(x, kind), castNumber(y, kind)) };
}

/** `1UL + 1`: a constant that fits takes the unsigned type of the other side. */
function constantPromotion(left: Bound, right: Bound, scope: BindScope) {
  for (const [value, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (other.type.name === "ulong" && convertImplicitly(value, other.type, scope.unit.registry) !== null)
      return "ulong";
  }
  return null;
}

function shifted(operator: string, left: string, right: string): Operation | null {
  const kind = promotedKind(left, "int") === "long" && left === "uint" ? "uint" : promotedKind(left, left);
  if (kind === null || !isIntegerKind(kind) || promotedKind(right, "int") !== "int") return null;
  return { type: clrType(kind), apply: shift(operator, kind) };
}

function boolean(operator: string, left: string, right: string): Operation | null {
  if (left !== "bool" || right !== "bool") return null;
  if (operator === "&") return { type: BOOL, apply: (x, y) => x === true && y === true };
  if (operator === "|") return { type: BOOL, apply: (x, y) => x === true || y === true };
  return operator === "^" ? { type: BOOL, apply: (x, y) => x !== y } : null;
}

function flags(operator: string, left: ClrType, right: ClrType, scope: BindScope): Operation | null {
  if (left.name !== right.name || !isEnum(left, scope.unit.registry)) return null;
  if (operator === "|") return { type: left, apply: onFlags((x, y) => x | y) };
  return operator === "&" ? { type: left, apply: onFlags((x, y) => x & y) } : null;
}

function onFlags(combine: (left: number, right: number) => number): BinaryOperation {
  return (left, right) =>
    left instanceof EnumValue && right instanceof EnumValue
      ? left.enumeration.of(combine(left.value, right.value))
      : raiseNullReference();
}

function time(operator: string, left: string, right: string): Operation | null {
  if (operator !== "+" && operator !== "-") return null;
  const sign = operator === "+" ? 1n : -1n;
  const isDate = left === "DateTime" || left === "DateTimeOffset";
  if ((isDate || left === "TimeSpan") && right === "TimeSpan") {
    return { type: clrType(left), apply: (x, y) => shiftTime(x, sign * ticksOf(y)) };
  }
  if (!isDate || right !== left || operator !== "-") return null;
  return { type: clrType("TimeSpan"), apply: (x, y) => new TimeSpan(ticksOf(x) - ticksOf(y)) };
}

function shiftTime(value: unknown, ticks: bigint): unknown {
  if (value instanceof DateTime || value instanceof DateTimeOffset) return value.add(ticks);
  return new TimeSpan(ticksOf(value) + ticks);
}

function ticksOf(value: unknown): bigint {
  if (value instanceof DateTimeOffset) return value.utcTicks;
  return value instanceof DateTime || value instanceof TimeSpan ? value.ticks : raiseNullReference();
}
