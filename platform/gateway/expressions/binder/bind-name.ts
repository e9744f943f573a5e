import { currentContext } from "../runtime/evaluation.ts";
import type { Expression, TypeSyntax } from "../syntax/ast.ts";
import { clrType, type ClrType } from "../types/clr-type.ts";
import { bindExpression } from "./bind-expression.ts";
import { readVariable, type BindScope } from "./bind-scope.ts";
import type { Bound } from "./bound.ts";
import { refuse } from "./refuse.ts";
import { findType, resolveType } from "./resolve-type.ts";

/** What stands before a dot: a value, a type, or a namespace. */
export type Target =
  | { readonly kind: "value"; readonly bound: Bound }
  | { readonly kind: "type"; readonly type: ClrType }
  | { readonly kind: "namespace"; readonly name: string };

type NameNode = Extract<Expression, { kind: "name" }>;

/** Binds a name that stands for a value. */
export function bindName(node: NameNode, scope: BindScope): Bound {
  const found = findVariable(node.name, scope);
  if (found !== null) return found;
  if (scope.lookUp(node.name) !== null)
    return refuse(node.line, `the local function "${node.name}" can only be called`);
  const isType = findType(node.name, scope.unit.registry) !== null;
  return refuse(
    node.line,
    isType ? `"${node.name}" is a type and no value` : `the name "${node.name}" does not exist`,
  );
}

/** Binds what stands before a dot. */
export function bindTarget(node: Expression, scope: BindScope): Target {
  const { registry } = scope.unit;
  if (node.kind === "type") return { kind: "type", type: resolveType(node.type, registry) };
  if (node.kind !== "name" && node.kind !== "member")
    return { kind: "value", bound: bindExpression(node, scope) };
  const name = dottedName(node, scope);
  if (name !== null) {
    const type = namedType(name, node.typeArguments, node.line, scope);
    if (type !== null) return { kind: "type", type };
    if (registry.isNamespace(name)) return { kind: "namespace", name };
  }
  return { kind: "value", bound: bindExpression(node, scope) };
}

function namedType(
  name: string,
  args: readonly TypeSyntax[],
  line: number,
  scope: BindScope,
): ClrType | null {
  const { registry } = scope.unit;
  if (args.length === 0) return findType(name, registry);
  return findType(name, registry) && resolveType({ line, name, args, nullable: false, ranks: 0 }, registry);
}

/** The dotted name of nodes whose first is no variable; null for anything else. */
function dottedName(node: Expression, scope: BindScope): string | null {
  if (node.kind === "name") {
    const isValue = node.name === "context" || scope.lookUp(node.name) !== null;
    return isValue ? null : node.name;
  }
  if (node.kind !== "member") return null;
  const outer = dottedName(node.target, scope);
  return outer === null ? null : `${outer}.${node.name}`;
}

function findVariable(name: string, scope: BindScope): Bound | null {
  if (name === "context") return { type: clrType("IProxyRequestContext"), run: currentContext };
  const found = scope.lookUp(name);
  if (found?.variable.signature !== null) return null;
  const { variable, depth } = found;
  return { type: variable.type, run: readVariable(variable.index, depth) };
}
