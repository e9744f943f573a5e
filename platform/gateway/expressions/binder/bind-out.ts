import type { Scope } from "../runtime/scope.ts";
import type { ArgumentSyntax } from "../syntax/ast.ts";
import { isSameType, type ClrType } from "../types/clr-type.ts";
import type { Cell } from "../types/type-definition.ts";
import { writeVariable, type BindScope } from "./bind-scope.ts";
import type { Run } from "./bound.ts";
import { resolveType } from "./resolve-type.ts";

/** Binds `out x`, `out var x` or `out int x` to a cell that writes the variable; null when the types differ. */
export function bindOut(argument: ArgumentSyntax, type: ClrType, scope: BindScope): (() => Run) | null {
  const { out, value } = argument;
  if (out === null || value.kind !== "name") return null;
  if (out.type === undefined) return bindExisting(value.name, type, scope);
  if (out.type !== null && !isSameType(resolveType(out.type, scope.unit.registry), type)) return null;
  return () => {
    const { index } =
      value.name === "_" ? scope.declareHidden(type) : scope.declare(value.name, type, value.line);
    return cellWriting(writeVariable(index, 0));
  };
}

function bindExisting(name: string, type: ClrType, scope: BindScope): (() => Run) | null {
  const found = scope.lookUp(name);
  if (found === null) return name === "_" ? () => cellWriting(() => undefined) : null;
  const { variable, depth } = found;
  if (variable.readOnly || variable.signature !== null || !isSameType(variable.type, type)) return null;
  return () => cellWriting(writeVariable(variable.index, depth));
}

function cellWriting(write: (scope: Scope, value: unknown) => void): Run {
  return (scope): Cell => ({
    set value(value: unknown) {
      write(scope, value);
    },
  });
}
