import type { Expression } from "../syntax/ast.ts";
import { BOOL } from "../types/clr-type.ts";
import { bestCommonType } from "./best-common-type.ts";
import { bindExpecting, bindExpression } from "./bind-expression.ts";
import type { BindScope } from "./bind-scope.ts";
import type { Bound } from "./bound.ts";
import { convertImplicitly } from "./implicit-conversion.ts";
import { displayType } from "../types/clr-type.ts";
import { refuse } from "./refuse.ts";

/** Binds `test ? a : b`; in C# 7 one branch converts to the type of the other. */
export function bindConditional(node: Extract<Expression, { kind: "conditional" }>, scope: BindScope): Bound {
  const test = bindExpecting(node.test, BOOL, scope).run;
  const branches = [bindExpression(node.then, scope), bindExpression(node.otherwise, scope)] as const;
  const type = bestCommonType(branches, scope.unit.registry);
  const [then, otherwise] = branches.map(
    (branch) => type && convertImplicitly(branch, type, scope.unit.registry)?.run,
  );
  if (type === null || !then || !otherwise) {
    const [left, right] = branches.map((branch) => displayType(branch.type));
    return refuse(node.line, `the branches of "?:" have no common type: ${left ?? ""} and ${right ?? ""}`);
  }
  return { type, run: (inner) => (test(inner) === true ? then(inner) : otherwise(inner)) };
}
