import type { Decimal } from "./decimal.ts";
import {
  BoxedNumber,
  castNumber,
  decimal,
  double,
  integer,
  toBigInt,
  toDecimal,
  toNumber,
  type IntegerKind,
  type NumericKind,
} from "./number.ts";
import { raise } from "./thrown.ts";

export type BinaryOperation = (left: unknown, right: unknown) => unknown;

/**
 * The operation of an arithmetic or bitwise operator on two numbers of one type; unchecked, as C# compiles by default:
 * integers wrap, decimals throw OverflowException, integer division by zero throws DivideByZeroException.
 */
export function arithmetic(operator: string, kind: NumericKind): BinaryOperation {
  if (kind === "int") return intOperation(operator);
  if (kind === "double") return (left, right) => double(onNumbers(operator, toNumber(left), toNumber(right)));
  if (kind === "float") {
    return (left, right) =>
      new BoxedNumber("float", Math.fround(onNumbers(operator, toNumber(left), toNumber(right))));
  }
  if (kind === "decimal")
    return (left, right) => decimal(onDecimals(operator, toDecimal(left), toDecimal(right)));
  return (left, right) => integer(kind, onIntegers(operator, toBigInt(left), toBigInt(right)));
}

/** `<<` and `>>`: the count is taken modulo the width of the left operand. */
export function shift(operator: string, kind: IntegerKind): BinaryOperation {
  const mask = kind === "long" || kind === "ulong" ? 63n : 31n;
  return (left, right) => {
    const value = toBigInt(castNumber(left, kind));
    const count = toBigInt(right) & mask;
    return integer(kind, operator === "<<" ? value << count : value >> count);
  };
}

function intOperation(operator: string): BinaryOperation {
  switch (operator) {
    case "+":
      return (left, right) => (toNumber(left) + toNumber(right)) | 0;
    case "-":
      return (left, right) => (toNumber(left) - toNumber(right)) | 0;
    case "*":
      return (left, right) => Math.imul(toNumber(left), toNumber(right));
    default:
      return (left, right) => integer("int", onIntegers(operator, toBigInt(left), toBigInt(right)));
  }
}

function onIntegers(operator: string, left: bigint, right: bigint): bigint {
  if ((operator === "/" || operator === "%") && right === 0n) {
    raise("DivideByZeroException", "Attempted to divide by zero.");
  }
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
    case "&":
      return left & right;
    case "|":
      return left | right;
    default:
      return left ^ right;
  }
}

function onNumbers(operator: string, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    default:
      return left % right;
  }
}

function onDecimals(operator: string, left: Decimal, right: Decimal): Decimal {
  switch (operator) {
    case "+":
      return left.add(right);
    case "-":
      return left.add(right.negate());
    case "*":
      return left.multiply(right);
    case "/":
      return left.divide(right);
    default:
      return left.remainder(right);
  }
}
