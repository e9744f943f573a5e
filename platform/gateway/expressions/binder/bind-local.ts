import type { Scope } from "../runtime/scope.ts";
import type { LocalStatement } from "../syntax/ast.ts";
import type { ClrType } from "../types/clr-type.ts";
import { bindItems } from "./bind-array.ts";
import { bindExpecting, bindExpression } from "./bind-expression.ts";
import type { BindScope } from "./bind-scope.ts";
import type { Bound } from "./bound.ts";
import { defaultOf } from "./default-value.ts";
import { refuse } from "./refuse.ts";
import { resolveType } from "./resolve-type.ts";

type Declarator = LocalStatement["declarators"][number];

/** Binds a declaration of variables; the closure initialises them. */
export function bindLocal(statement: LocalStatement, scope: BindScope): (inner: Scope) => void {
  const type = statement.type && resolveType(statement.type, scope.unit.registry);
  const steps = statement.declarators.map((declarator) => bindDeclarator(declarator, type, statement, scope));
  return (inner) => {
    for (const step of steps) step(inner);
  };
}

function bindDeclarator(
  declarator: Declarator,
  type: ClrType | null,
  { line, constant }: LocalStatement,
  scope: BindScope,
): (inner: Scope) => void {
  const { name } = declarator;
  const value =
    type === null ? bindInferred(declarator, line, scope) : bindTyped(declarator, type, line, scope);
  if (constant && declarator.value === null) return refuse(line, `the constant "${name}" needs a value`);
  const { index } = scope.declare(name, value.type, line, { readOnly: constant });
  const { run } = value;
  return (inner) => {
    inner.slots[index] = run(inner);
  };
}

function bindInferred({ name, value }: Declarator, line: number, scope: BindScope): Bound {
  if (value === null) return refuse(line, `"var ${name}" needs a value`);
  const bound = bindExpression(value, scope);
  if (["null", "void", "never"].includes(bound.type.name))
    return refuse(line, `the type of "var ${name}" is not known`);
  return bound;
}

function bindTyped({ value, items }: Declarator, type: ClrType, line: number, scope: BindScope): Bound {
  if (items !== null) {
    const [element] = type.args;
    if (type.name !== "[]" || element === undefined)
      return refuse(line, "only an array is initialised by { … } alone");
    return bindItems(items, element, scope);
  }
  // Reading a variable before it is assigned is refused by C#; here it holds the default of its type.
  if (value === null) return type.name === "void" ? refuse(line, "a variable has a type") : defaultOf(type);
  return bindExpecting(value, type, scope);
}
