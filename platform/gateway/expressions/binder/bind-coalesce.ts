import type { Expression } from "../syntax/ast.ts";
import { displayType, type ClrType } from "../types/clr-type.ts";
import { bindExpression } from "./bind-expression.ts";
import type { BindScope } from "./bind-scope.ts";
import type { Bound } from "./bound.ts";
import { convertImplicitly } from "./implicit-conversion.ts";
import { refuse } from "./refuse.ts";
import { isNullable, isReferenceType, underlying } from "./type-relations.ts";

/** Binds `a ?? b` (C# specification, section 12.15). */
export function bindCoalesce(node: Extract<Expression, { kind: "binary" }>, scope: BindScope): Bound {
  const left = bindExpression(node.left, scope);
  const right = bindExpression(node.right, scope);
  const { registry } = scope.unit;
  if (!isNullable(left.type) && !isReferenceType(left.type, registry)) {
    return refuse(node.line, `"??" takes a value that may be null, not ${displayType(left.type)}`);
  }
  for (const type of [underlying(left.type), left.type, right.type]) {
    const bound = coalesceTo(type, left, right, scope);
    if (bound !== null) return bound;
  }
  return refuse(node.line, `"??" does not take ${displayType(left.type)} and ${displayType(right.type)}`);
}

function coalesceTo(type: ClrType, left: Bound, right: Bound, scope: BindScope): Bound | null {
  if (type.name === "null" || type.name === "never") return null;
  const { registry } = scope.unit;
  const present = convertImplicitly({ ...left, type: underlying(left.type) }, type, registry);
  const fallback = convertImplicitly(right, type, registry);
  if (present === null || fallback === null) return null;
  const { index } = scope.declareHidden(type);
  const convert = convertImplicitly(
    { type: underlying(left.type), run: (inner) => inner.slots[index] },
    type,
    registry,
  );
  return {
    type,
    run: (inner) => {
      const value = left.run(inner);
      if (value === null) return fallback.run(inner);
      inner.slots[index] = value;
      return convert === null ? value : convert.run(inner);
    },
  };
}
