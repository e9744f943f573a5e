import type { Expression } from "../syntax/ast.ts";
import { displayType } from "../types/clr-type.ts";
import { bindExpression } from "./bind-expression.ts";
import { readVariable, type BindScope } from "./bind-scope.ts";
import type { Bound } from "./bound.ts";
import { refuse } from "./refuse.ts";
import { isNullable, isReferenceType, nullableOf, underlying } from "./type-relations.ts";

/** Binds `a?.b…` and `a?[b]…`: null as soon as `a` is null, and nothing of the rest evaluated. */
export function bindConditionalAccess(
  node: Extract<Expression, { kind: "conditionalAccess" }>,
  scope: BindScope,
): Bound {
  const target = bindExpression(node.target, scope);
  if (!isNullable(target.type) && !isReferenceType(target.type, scope.unit.registry)) {
    return refuse(node.line, `"?." takes a value that may be null, not ${displayType(target.type)}`);
  }
  const { index } = scope.declareHidden(target.type);
  const receiver: Bound = { type: underlying(target.type), run: readVariable(index, 0) };
  const rest = scope.withReceiver(receiver, () => bindExpression(node.rest, scope));
  return {
    type: nullableOf(rest.type, scope.unit.registry),
    run: (inner) => {
      const value = target.run(inner);
      if (value === null || value === undefined) return null;
      inner.slots[index] = value;
      return rest.run(inner);
    },
  };
}
