import { AnonymousObject } from "../runtime/anonymous-object.ts";
import type { Expression } from "../syntax/ast.ts";
import { displayType, type ClrType } from "../types/clr-type.ts";
import { bindExpression } from "./bind-expression.ts";
import type { BindScope } from "./bind-scope.ts";
import type { Bound } from "./bound.ts";
import { refuse } from "./refuse.ts";

/** Binds `new { a = 1, b }`; objects with the same members in the same order have the same type. */
export function bindAnonymous(
  members: readonly { name: string; value: Expression }[],
  scope: BindScope,
): Bound {
  const bound = members.map(({ name, value }) => ({
    name,
    line: value.line,
    ...bindExpression(value, scope),
  }));
  for (const { name, line, type } of bound) {
    if (type.name === "null" || type.name === "void") refuse(line, `the type of "${name}" is not known`);
  }
  const type = anonymousType(bound, scope);
  return {
    type,
    run: (inner) => new AnonymousObject(new Map(bound.map(({ name, run }) => [name, run(inner)]))),
  };
}

function anonymousType(members: readonly { name: string; type: ClrType }[], scope: BindScope): ClrType {
  const { anonymousTypes } = scope.unit;
  const key = members.map(({ name, type }) => `${name}:${displayType(type)}`).join();
  const known = anonymousTypes.get(key);
  if (known !== undefined) return known;
  const type = {
    name: "<anonymous>",
    args: [],
    fields: new Map(members.map((member) => [member.name, member.type])),
  };
  anonymousTypes.set(key, type);
  return type;
}
