import { arithmetic } from "../runtime/arithmetic.ts";
import { castNumber, isNumericKind } from "../runtime/number.ts";
import type { Expression } from "../syntax/ast.ts";
import { displayType } from "../types/clr-type.ts";
import { bindOperator } from "./bind-binary.ts";
import { bindExpecting, bindExpression } from "./bind-expression.ts";
import { indexPlace, memberPlace } from "./bind-member.ts";
import { readVariable, writeVariable, type BindScope } from "./bind-scope.ts";
import type { Bound, Place } from "./bound.ts";
import { convertExplicitly } from "./explicit-conversion.ts";
import { convertImplicitly } from "./implicit-conversion.ts";
import { refuse, refuseConversion } from "./refuse.ts";

/** Binds `a = b` and `a += b`. */
export function bindAssignment(node: Extract<Expression, { kind: "assign" }>, scope: BindScope): Bound {
  const place = bindPlace(node.target, scope);
  const { prepare, set, type } = place;
  if (set === null) return refuse(node.line, "this cannot be assigned");
  const value = node.operator === "=" ? bindExpecting(node.value, type, scope) : compound(node, place, scope);
  return {
    type,
    run: (inner) => {
      prepare(inner);
      const result = value.run(inner);
      set(inner, result);
      return result;
    },
  };
}

/** Binds `++` and `--`. */
export function bindIncrement(node: Extract<Expression, { kind: "increment" }>, scope: BindScope): Bound {
  const { prepare, get, set, type } = bindPlace(node.operand, scope);
  const kind = type.name;
  if (get === null || set === null || !isNumericKind(kind)) {
    return refuse(node.line, `"${node.operator}" does not take ${displayType(type)}`);
  }
  const step = arithmetic(node.operator === "++" ? "+" : "-", kind);
  const one = castNumber(1, kind);
  return {
    type,
    run: (inner) => {
      prepare(inner);
      const before = get(inner);
      const after = step(before, one);
      set(inner, after);
      return node.prefix ? after : before;
    },
  };
}

/** The right side of `a op= b`: `(T)(a op b)`. */
function compound(node: Extract<Expression, { kind: "assign" }>, place: Place, scope: BindScope): Bound {
  const { get, type } = place;
  if (get === null) return refuse(node.line, "this cannot be read");
  const right = bindExpression(node.value, scope);
  const result = bindOperator(node.operator.slice(0, -1), { type, run: get }, right, node.line, scope);
  const { registry } = scope.unit;
  const implicit = convertImplicitly(result, type, registry);
  if (implicit !== null) return implicit;
  const isNarrowing = isNumericKind(type.name) && convertImplicitly(right, type, registry) !== null;
  return (
    (isNarrowing ? convertExplicitly(result, type, registry) : null) ??
    refuseConversion(node.line, result.type, type)
  );
}

function bindPlace(node: Expression, scope: BindScope): Place {
  if (node.kind === "member") return memberPlace(node, scope);
  if (node.kind === "index") return indexPlace(node, bindExpression(node.target, scope), scope);
  if (node.kind !== "name")
    return refuse(node.line, "only a variable, a property or an indexer can be assigned");
  const found = scope.lookUp(node.name);
  if (found === null) return refuse(node.line, `the variable "${node.name}" does not exist`);
  const { variable, depth } = found;
  if (variable.readOnly || variable.signature !== null)
    return refuse(node.line, `"${node.name}" cannot be assigned`);
  const get = readVariable(variable.index, depth);
  return {
    type: variable.type,
    prepare: () => undefined,
    get,
    read: get,
    set: writeVariable(variable.index, depth),
  };
}
