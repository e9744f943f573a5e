import { isNumericKind, type NumericKind } from "../runtime/number.ts";

const REALS: readonly NumericKind[] = ["decimal", "double", "float"];
const SIGNED = new Set(["sbyte", "short", "int", "long"]);

/** Binary numeric promotion (C# specification, 12.4.7.3); null where C# refuses the pair. */
export function promotedKind(left: string, right: string): NumericKind | null {
  const has = (kind: string) => left === kind || right === kind;
  const real = REALS.find(has);
  if (real === "decimal" && (has("double") || has("float"))) return null;
  if (real !== undefined) return real;
  if (has("ulong")) return SIGNED.has(left) || SIGNED.has(right) ? null : "ulong";
  if (has("long")) return "long";
  if (has("uint")) return SIGNED.has(left) || SIGNED.has(right) ? "long" : "uint";
  return isNumericOperand(left) && isNumericOperand(right) ? "int" : null;
}

function isNumericOperand(kind: string): boolean {
  return kind === "char" || isNumericKind(kind);
}
