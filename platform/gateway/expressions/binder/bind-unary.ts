import { arithmetic } from "../runtime/arithmetic.ts";
import { castNumber, isNumericKind, type NumericKind } from "../runtime/number.ts";
import { TimeSpan } from "../runtime/time-span.ts";
import type { Expression } from "../syntax/ast.ts";
import { BOOL, clrType, displayType } from "../types/clr-type.ts";
import { constantOf } from "./bind-literal.ts";
import { bindExpecting, bindExpression } from "./bind-expression.ts";
import type { BindScope } from "./bind-scope.ts";
import type { Bound } from "./bound.ts";
import { promotedKind } from "./numeric-promotion.ts";
import { refuse } from "./refuse.ts";
import { isNullable, isNumeric, underlying } from "./type-relations.ts";

/** Binds `!a`, `-a`, `+a` and `~a`. */
export function bindUnary(node: Extract<Expression, { kind: "unary" }>, scope: BindScope): Bound {
  if (node.operator === "!") {
    const { run } = bindExpecting(node.operand, BOOL, scope);
    return { type: BOOL, run: (inner) => run(inner) !== true };
  }
  const literal = smallestInteger(node);
  if (literal !== null) return literal;
  const operand = bindExpression(node.operand, scope);
  if (operand.type.name === "TimeSpan" && node.operator === "-") return negatedSpan(operand);
  return bindNumeric(node.operator, operand, node.line);
}

/** `-2147483648` is an int although `2147483648` alone is none; so for long. */
function smallestInteger({ operator, operand }: Extract<Expression, { kind: "unary" }>): Bound | null {
  if (operator !== "-" || operand.kind !== "literal" || typeof operand.value !== "bigint") return null;
  if (operand.type === "uint" && operand.value === 1n << 31n)
    return constantOf(clrType("int"), -2_147_483_648);
  if (operand.type === "ulong" && operand.value === 1n << 63n)
    return constantOf(clrType("long"), -operand.value);
  return null;
}

function bindNumeric(operator: string, operand: Bound, line: number): Bound {
  const source = underlying(operand.type);
  if (!isNumeric(source)) return refuse(line, `"${operator}" does not take ${displayType(operand.type)}`);
  const kind = source.name === "uint" && operator === "-" ? "long" : promotedKind(source.name, "int");
  if (kind === null || (operator === "~" && ["float", "double", "decimal"].includes(kind))) {
    return refuse(line, `"${operator}" does not take ${displayType(operand.type)}`);
  }
  const apply = unaryOperation(operator, kind);
  const type = isNullable(operand.type) ? clrType("Nullable", clrType(kind)) : clrType(kind);
  const { run, constant } = operand;
  const bound = { type, run: (inner: Parameters<typeof run>[0]) => lifted(run(inner), apply) };
  return constant === undefined ? bound : { ...bound, constant: { value: apply(constant.value) } };
}

function unaryOperation(operator: string, kind: NumericKind): (value: unknown) => unknown {
  const zero = castNumber(0, kind);
  if (operator === "+") return (value) => castNumber(value, kind);
  if (operator === "-" && isNumericKind(kind)) {
    const subtract = arithmetic("-", kind);
    // 0.0 - 0.0 is 0.0, and -(0.0) is -0.0: multiply instead
    const multiply = arithmetic("*", kind);
    return kind === "double" || kind === "float"
      ? (value) => multiply(castNumber(value, kind), castNumber(-1, kind))
      : (value) => subtract(zero, castNumber(value, kind));
  }
  const xor = arithmetic("^", kind);
  return (value) => xor(castNumber(value, kind), castNumber(-1, kind));
}

function lifted(value: unknown, apply: (value: unknown) => unknown): unknown {
  return value === null ? null : apply(value);
}

function negatedSpan({ type, run }: Bound): Bound {
  return {
    type,
    run: (inner) => {
      const value = run(inner);
      return value instanceof TimeSpan ? new TimeSpan(-value.ticks) : null;
    },
  };
}
