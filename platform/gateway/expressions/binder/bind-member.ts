import type { Expression, MemberSyntax } from "../syntax/ast.ts";
import { raiseIndex, raiseNullReference } from "../runtime/thrown.ts";
import { AnonymousObject } from "../runtime/anonymous-object.ts";
import { byteOf } from "../runtime/iterate.ts";
import { callOf } from "./call-of.ts";
import { displayType, INT, substitute, type ClrType } from "../types/clr-type.ts";
import type { Call, Implementation } from "../types/type-definition.ts";
import { bindExpecting, bindExpression } from "./bind-expression.ts";
import { bindTarget } from "./bind-name.ts";
import type { BindScope } from "./bind-scope.ts";
import type { Bound, Place, Run } from "./bound.ts";
import { instanceMembers, staticMembers, type FoundMember } from "./find-members.ts";
import { prepareArguments, resolveOverload } from "./resolve-overload.ts";
import { refuse } from "./refuse.ts";
import { isNullable } from "./type-relations.ts";

type IndexNode = Extract<Expression, { kind: "index" }>;

/** Binds `a.b` that is no call. */
export function bindMember(node: MemberSyntax, scope: BindScope): Bound {
  const { type, read } = memberPlace(node, scope);
  return { type, run: read ?? refuse(node.line, `"${node.name}" cannot be read`) };
}

/** Binds `a[b]`. */
export function bindIndex(node: IndexNode, scope: BindScope): Bound {
  const target = bindExpression(node.target, scope);
  const { type, read } = indexPlace(node, target, scope);
  return { type, run: read ?? refuse(node.line, "this indexer cannot be read") };
}

/** The property `a.b` as something to read and to assign. */
export function memberPlace(node: MemberSyntax, scope: BindScope): Place {
  const target = bindTarget(node.target, scope);
  if (target.kind === "namespace")
    return refuse(node.line, `"${target.name}.${node.name}" is unknown or not supported`);
  if (target.kind === "type") return staticPlace(node, target.type, scope);
  return propertyPlace(node, target.bound, scope);
}

/** A property of a value that is bound already. */
export function propertyPlace(node: { name: string; line: number }, target: Bound, scope: BindScope): Place {
  const field = target.type.fields?.get(node.name);
  if (field !== undefined) return fieldPlace(node.name, field, target);
  const found = instanceMembers(target.type, node.name, scope.unit.registry);
  const property = found.find(({ member }) => member.signature.kind === "property");
  if (property === undefined) return refuseMember(node, target.type, found.length > 0);
  scope.unit.membersUsed.add(`${target.type.name}.${node.name}`);
  return instancePlace(property, target, scope);
}

/** An element of a value that is bound already. */
export function indexPlace(node: Pick<IndexNode, "line" | "args">, target: Bound, scope: BindScope): Place {
  if (target.type.name === "[]") return arrayPlace(node, target, scope);
  const found = instanceMembers(target.type, "this", scope.unit.registry);
  if (found.length === 0) refuse(node.line, `${displayType(target.type)} has no indexer`);
  const resolved = resolveOverload("this", found, node.args, node.line, scope);
  const evaluate = prepareArguments(resolved);
  const self = scope.declareHidden(target.type).index;
  const args = scope.declareHidden(target.type).index;
  const { run: get, set } = resolved.found.member;
  const store = set === undefined ? null : setter(set, resolved.call);
  return {
    type: resolved.returns,
    read: (inner) => invoke(get, [notNull(target.run(inner)), ...evaluate(inner), resolved.call]),
    prepare: (inner) => {
      inner.slots[self] = notNull(target.run(inner));
      inner.slots[args] = evaluate(inner);
    },
    get: (inner) => invoke(get, [inner.slots[self], ...listOf(inner.slots[args]), resolved.call]),
    set: store && ((inner, value) => store([inner.slots[self], ...listOf(inner.slots[args])], value)),
  };
}

/** Calls an implementation; the one place where its declared parameter types are taken on trust of the binder. */
export function invoke(run: Implementation, args: readonly unknown[]): unknown {
  return run(...(args as never[]));
}

export function notNull(value: unknown): unknown {
  return value ?? raiseNullReference();
}

function staticPlace(node: MemberSyntax, type: ClrType, scope: BindScope): Place {
  const found = staticMembers(type, node.name, scope.unit.registry);
  const property = found.find(({ member }) => member.signature.kind === "property");
  if (property === undefined) return refuseMember(node, type, found.length > 0);
  const { member, bindings } = property;
  const call = callOf(bindings, scope.unit.registry);
  const get: Run = () => invoke(member.run, [call]);
  return {
    type: substitute(member.signature.returns, bindings),
    prepare: nothing,
    get,
    read: get,
    set: null,
  };
}

function instancePlace({ member, bindings }: FoundMember, target: Bound, scope: BindScope): Place {
  const self = scope.declareHidden(target.type).index;
  const call = callOf(bindings, scope.unit.registry);
  const { run } = target;
  const receive = isNullable(target.type) ? run : (inner: Parameters<Run>[0]) => notNull(run(inner));
  const store = member.set === undefined ? null : setter(member.set, call);
  return {
    type: substitute(member.signature.returns, bindings),
    prepare: (inner) => {
      inner.slots[self] = receive(inner);
    },
    get: (inner) => invoke(member.run, [inner.slots[self], call]),
    read: (inner) => invoke(member.run, [receive(inner), call]),
    set: store && ((inner, value) => store([inner.slots[self]], value)),
  };
}

function fieldPlace(name: string, type: ClrType, target: Bound): Place {
  const { run } = target;
  const get: Run = (scope) => {
    const value = run(scope);
    return value instanceof AnonymousObject ? (value.fields.get(name) ?? null) : raiseNullReference();
  };
  return { type, prepare: nothing, get, read: get, set: null };
}

function arrayPlace(node: Pick<IndexNode, "line" | "args">, target: Bound, scope: BindScope): Place {
  const [argument, ...others] = node.args;
  if (argument === undefined || others.length > 0) return refuse(node.line, "an array takes one index");
  const index = bindExpecting(argument.value, INT, scope);
  const [element] = target.type.args;
  const self = scope.declareHidden(target.type).index;
  const at = scope.declareHidden(INT).index;
  return {
    type: element ?? refuse(node.line, "an array has no element type"),
    prepare: (inner) => {
      inner.slots[self] = notNull(target.run(inner));
      inner.slots[at] = index.run(inner);
    },
    get: (inner) => readElement(inner.slots[self], inner.slots[at]),
    read: (inner) => readElement(notNull(target.run(inner)), index.run(inner)),
    set: (inner, value) => writeElement(inner.slots[self], inner.slots[at], value),
  };
}

function readElement(array: unknown, index: unknown): unknown {
  if (typeof index !== "number" || index < 0) return raiseIndex();
  if (array instanceof Uint8Array) return byteOf(array[index] ?? raiseIndex());
  if (!Array.isArray(array) || index >= array.length) return raiseIndex();
  const items: readonly unknown[] = array;
  return items[index];
}

function writeElement(array: unknown, index: unknown, value: unknown): void {
  if (typeof index !== "number" || index < 0) return raiseIndex();
  if (array instanceof Uint8Array && index < array.length) array[index] = Number(byteValue(value));
  else if (Array.isArray(array) && index < array.length) array[index] = value;
  else raiseIndex();
}

function byteValue(value: unknown): unknown {
  return value !== null && typeof value === "object" && "value" in value ? value.value : 0;
}

function setter(set: Implementation, call: Call): (args: readonly unknown[], value: unknown) => void {
  return (args, value) => {
    invoke(set, [...args, value, call]);
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function refuseMember(node: { name: string; line: number }, type: ClrType, isMethod: boolean): never {
  const problem = isMethod ? "is a method and has to be called" : "does not exist or is not supported";
  return refuse(node.line, `"${displayType(type)}.${node.name}" ${problem}`);
}

function nothing(): void {
  // a static member has nothing before it to evaluate
}
