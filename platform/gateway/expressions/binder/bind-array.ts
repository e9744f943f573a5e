import { spendSize } from "../runtime/evaluation.ts";
import { toNumber } from "../runtime/number.ts";
import { raise } from "../runtime/thrown.ts";
import type { Expression } from "../syntax/ast.ts";
import { arrayOf, INT, type ClrType } from "../types/clr-type.ts";
import { bestCommonType } from "./best-common-type.ts";
import { bindExpecting, bindExpression } from "./bind-expression.ts";
import type { BindScope } from "./bind-scope.ts";
import { defaultOf } from "./default-value.ts";
import type { Bound } from "./bound.ts";
import { refuse } from "./refuse.ts";
import { resolveType } from "./resolve-type.ts";

type ArrayNode = Extract<Expression, { kind: "newArray" }>;

/** Binds `new T[] {…}`, `new[] {…}` and `new T[n]`. */
export function bindArray(node: ArrayNode, scope: BindScope): Bound {
  if (node.items === null) return bindSized(node, scope);
  const written = node.element && resolveType(node.element, scope.unit.registry);
  const element = written ?? commonType(node.items, node.line, scope);
  return bindItems(node.items, element, scope);
}

/** Binds the items of an array of a known element type. */
export function bindItems(items: readonly Expression[], element: ClrType, scope: BindScope): Bound {
  const runs = items.map((item) => bindExpecting(item, element, scope).run);
  const type = arrayOf(element);
  if (element.name === "byte")
    return { type, run: (inner) => Uint8Array.from(runs, (run) => toNumber(run(inner))) };
  return { type, run: (inner) => runs.map((run) => run(inner)) };
}

function commonType(items: readonly Expression[], line: number, scope: BindScope): ClrType {
  const bound = items.map((item) => bindExpression(item, scope));
  return (
    bestCommonType(bound, scope.unit.registry) ?? refuse(line, "the items of the array have no common type")
  );
}

function bindSized(node: ArrayNode, scope: BindScope): Bound {
  if (node.size === null || node.element === null) return refuse(node.line, "an array needs a size or items");
  const element = resolveType(node.element, scope.unit.registry);
  const size = bindExpecting(node.size, INT, scope);
  const initial = defaultOf(element);
  return {
    type: arrayOf(element),
    run: (inner) => {
      const length = toNumber(size.run(inner));
      if (length < 0) raise("OverflowException", "Arithmetic operation resulted in an overflow.");
      spendSize(length * 8);
      if (element.name === "byte") return new Uint8Array(length);
      return Array.from({ length }, () => initial.run(inner));
    },
  };
}
