import type { Expression } from "../syntax/ast.ts";
import { BOOL, displayType } from "../types/clr-type.ts";
import { bindArithmetic } from "./bind-arithmetic.ts";
import { bindCoalesce } from "./bind-coalesce.ts";
import { bindComparison } from "./bind-comparison.ts";
import { bindConcatenation } from "./bind-concatenation.ts";
import { bindEquality } from "./bind-equality.ts";
import { bindExpecting, bindExpression } from "./bind-expression.ts";
import type { BindScope } from "./bind-scope.ts";
import type { Bound } from "./bound.ts";
import { refuse } from "./refuse.ts";

type BinaryNode = Extract<Expression, { kind: "binary" }>;

/** Binds a binary operator. */
export function bindBinary(node: BinaryNode, scope: BindScope): Bound {
  const { operator } = node;
  if (operator === "&&" || operator === "||") return bindLogical(node, scope);
  if (operator === "??") return bindCoalesce(node, scope);
  return bindOperator(
    operator,
    bindExpression(node.left, scope),
    bindExpression(node.right, scope),
    node.line,
    scope,
  );
}

/** Binds an operator on two operands; also what stands behind `+=` and its kin. */
export function bindOperator(
  operator: string,
  left: Bound,
  right: Bound,
  line: number,
  scope: BindScope,
): Bound {
  const bound =
    operator === "==" || operator === "!="
      ? bindEquality(operator, left, right, line, scope)
      : ["<", ">", "<=", ">="].includes(operator)
        ? bindComparison(operator, left, right)
        : ((operator === "+" ? bindConcatenation(left, right) : null) ??
          bindArithmetic(operator, left, right, scope));
  if (bound !== null) return bound;
  return refuse(line, `"${operator}" does not take ${displayType(left.type)} and ${displayType(right.type)}`);
}

function bindLogical(node: BinaryNode, scope: BindScope): Bound {
  const left = bindExpecting(node.left, BOOL, scope).run;
  const right = bindExpecting(node.right, BOOL, scope).run;
  if (node.operator === "&&")
    return { type: BOOL, run: (inner) => left(inner) === true && right(inner) === true };
  return { type: BOOL, run: (inner) => left(inner) === true || right(inner) === true };
}
