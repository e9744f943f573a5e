import { Char } from "../runtime/char.ts";
import { Decimal } from "../runtime/decimal.ts";
import { BoxedNumber, decimal, double, integer, isIntegerKind } from "../runtime/number.ts";
import type { LiteralType, LiteralValue } from "../syntax/token.ts";
import { clrType, NULL } from "../types/clr-type.ts";
import type { Bound } from "./bound.ts";

/** Binds a literal. */
export function bindLiteral({ type, value }: { type: LiteralType; value: LiteralValue }): Bound {
  const constant = literalValue(type, value);
  return constantOf(type === "null" ? NULL : clrType(type), constant);
}

/** A value that is known while compiling. */
export function constantOf(type: Bound["type"], value: unknown): Bound {
  return { type, run: () => value, constant: { value } };
}

function literalValue(type: LiteralType, value: LiteralValue): unknown {
  if (typeof value === "bigint" && isIntegerKind(type)) return integer(type, value);
  if (typeof value !== "string") return value;
  if (type === "char") return Char.at(value, 0);
  if (type === "double") return double(Number(value));
  if (type === "float") return new BoxedNumber("float", Math.fround(Number(value)));
  return type === "decimal" ? decimal(Decimal.parse(value)) : value;
}
