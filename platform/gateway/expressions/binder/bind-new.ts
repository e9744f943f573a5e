import { spend } from "../runtime/evaluation.ts";
import type { InitializerSyntax, NewSyntax } from "../syntax/ast.ts";
import { displayType } from "../types/clr-type.ts";
import { bindCall } from "./bind-call.ts";
import { bindExpecting } from "./bind-expression.ts";
import { indexPlace, invoke, propertyPlace } from "./bind-member.ts";
import { readVariable, type BindScope } from "./bind-scope.ts";
import type { Bound, Place, Run } from "./bound.ts";
import { staticMembers } from "./find-members.ts";
import { refuse } from "./refuse.ts";
import { prepareArguments, resolveOverload } from "./resolve-overload.ts";
import { resolveType } from "./resolve-type.ts";

/** Binds `new T(…) { … }`. */
export function bindNew(node: NewSyntax, scope: BindScope): Bound {
  const type = resolveType(node.type, scope.unit.registry);
  const constructors = staticMembers(type, "", scope.unit.registry);
  if (constructors.length === 0) return refuse(node.line, `"new ${displayType(type)}" is not supported`);
  const resolved = resolveOverload(`new ${displayType(type)}`, constructors, node.args, node.line, scope);
  const evaluate = prepareArguments(resolved);
  const { run } = resolved.found.member;
  const created: Bound = {
    type,
    run: (inner) => {
      spend();
      return invoke(run, [...evaluate(inner), resolved.call]);
    },
  };
  return node.initializer.length === 0 ? created : bindInitializer(created, node.initializer, scope);
}

function bindInitializer(created: Bound, items: readonly InitializerSyntax[], scope: BindScope): Bound {
  const { index } = scope.declareHidden(created.type);
  const target: Bound = { type: created.type, run: readVariable(index, 0) };
  const steps = items.map((item) => bindItem(item, target, scope));
  return {
    type: created.type,
    run: (inner) => {
      const value = created.run(inner);
      for (const step of steps) {
        // Set each time: a nested initializer of a recursive call may have used the slot.
        inner.slots[index] = value;
        step(inner);
      }
      return value;
    },
  };
}

function bindItem(item: InitializerSyntax, target: Bound, scope: BindScope): Run {
  if (item.kind === "property") return bindSet(propertyPlace(item, target, scope), item, scope);
  if (item.kind === "entry") {
    const args = [{ name: null, out: null, value: item.key }];
    return bindSet(indexPlace({ line: item.line, args }, target, scope), item, scope);
  }
  const { line } = item;
  const args = item.values.map((value) => ({ name: null, out: null, value }));
  const add = {
    kind: "member",
    line,
    target: { kind: "receiver", line },
    name: "Add",
    typeArguments: [],
  } as const;
  return scope.withReceiver(target, () => bindCall({ kind: "call", line, target: add, args }, scope)).run;
}

function bindSet(place: Place, item: Exclude<InitializerSyntax, { kind: "add" }>, scope: BindScope): Run {
  const { set } = place;
  if (set === null) return refuse(item.line, "this member cannot be set");
  const value = bindExpecting(item.value, place.type, scope);
  return (inner) => {
    place.prepare(inner);
    set(inner, value.run(inner));
  };
}
