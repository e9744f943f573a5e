import { equalValues } from "../runtime/compare-values.ts";
import type { Expression } from "../syntax/ast.ts";
import { BOOL, displayType } from "../types/clr-type.ts";
import { bindExpression } from "./bind-expression.ts";
import type { BindScope } from "./bind-scope.ts";
import type { Bound } from "./bound.ts";
import { convertExplicitly } from "./explicit-conversion.ts";
import { defaultOf } from "./default-value.ts";
import { typeTest } from "./holds-type.ts";
import { refuse, refuseConversion } from "./refuse.ts";
import { resolveType } from "./resolve-type.ts";
import { isNullable, isReferenceType } from "./type-relations.ts";

type NodeOf<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;

/** Binds `(T)x`. */
export function bindCast(node: NodeOf<"cast">, scope: BindScope): Bound {
  const type = resolveType(node.type, scope.unit.registry);
  const operand = bindExpression(node.operand, scope);
  return (
    convertExplicitly(operand, type, scope.unit.registry) ?? refuseConversion(node.line, operand.type, type)
  );
}

/** Binds `x as T`. */
export function bindAs(node: NodeOf<"as">, scope: BindScope): Bound {
  const { registry } = scope.unit;
  const type = resolveType(node.type, registry);
  if (!isNullable(type) && !isReferenceType(type, registry)) {
    return refuse(node.line, `"as" takes a type that may be null, not ${displayType(type)}`);
  }
  const { run } = bindExpression(node.operand, scope);
  const test = typeTest(type, registry);
  return {
    type,
    run: (inner) => {
      const value = run(inner);
      return value !== null && test(value) ? value : null;
    },
  };
}

/** Binds `x is T`, `x is T name` and `x is constant`. */
export function bindIs({ operand, pattern }: NodeOf<"is">, scope: BindScope): Bound {
  const { run } = bindExpression(operand, scope);
  if (pattern.kind === "constant") {
    const constant = bindExpression(pattern.value, scope);
    return { type: BOOL, run: (inner) => equalValues(run(inner), constant.run(inner)) };
  }
  const type = resolveType(pattern.type, scope.unit.registry);
  const test = typeTest(type, scope.unit.registry);
  const variable = pattern.name === null ? null : scope.declare(pattern.name, type, operand.line);
  return {
    type: BOOL,
    run: (inner) => {
      const value = run(inner);
      const matches = value !== null && test(value);
      if (matches && variable !== null) inner.slots[variable.index] = value;
      return matches;
    },
  };
}

/** Binds `default(T)`. */
export function bindDefault(node: NodeOf<"default">, scope: BindScope): Bound {
  if (node.type === null) return refuse(node.line, '"default" is only supported where a type is expected');
  return defaultOf(resolveType(node.type, scope.unit.registry));
}
