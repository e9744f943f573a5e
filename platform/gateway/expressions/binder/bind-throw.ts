import { ClrException } from "../runtime/clr-exception.ts";
import type { Scope } from "../runtime/scope.ts";
import { raiseNullReference, Thrown } from "../runtime/thrown.ts";
import type { Expression } from "../syntax/ast.ts";
import { clrType } from "../types/clr-type.ts";
import { bindExpecting } from "./bind-expression.ts";
import type { BindScope } from "./bind-scope.ts";

/** Binds what `throw` throws. */
export function bindThrow(value: Expression, scope: BindScope): (scope: Scope) => never {
  const { run } = bindExpecting(value, clrType("Exception"), scope);
  return (inner) => {
    const exception = run(inner);
    if (!(exception instanceof ClrException)) return raiseNullReference();
    throw new Thrown(exception);
  };
}
