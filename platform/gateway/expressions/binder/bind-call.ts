import { spend } from "../runtime/evaluation.ts";
import type { ArgumentSyntax, Expression, MemberSyntax, TypeSyntax } from "../syntax/ast.ts";
import { Refusal } from "../syntax/refusal.ts";
import { displayType, type ClrType } from "../types/clr-type.ts";
import { bindExpecting, bindExpression } from "./bind-expression.ts";
import { invoke, notNull } from "./bind-member.ts";
import { bindTarget } from "./bind-name.ts";
import { readVariable, type BindScope } from "./bind-scope.ts";
import type { Bound, Run } from "./bound.ts";
import { extensionMembers, instanceMembers, staticMembers, type FoundMember } from "./find-members.ts";
import { refuse } from "./refuse.ts";
import {
  bindArguments,
  pickBest,
  prepareArguments,
  resolveOverload,
  type Resolved,
} from "./resolve-overload.ts";
import { resolveType } from "./resolve-type.ts";
import { delegateShape, isNullable } from "./type-relations.ts";

type CallNode = Extract<Expression, { kind: "call" }>;

/** Binds a call of a method, a local function or a delegate. */
export function bindCall(node: CallNode, scope: BindScope): Bound {
  const { target } = node;
  if (target.kind === "member") return bindMethodCall(node, target, scope);
  if (target.kind === "name") {
    const local = bindLocalCall(node, target.name, scope);
    if (local !== null) return local;
  }
  return bindDelegateCall(node, bindExpression(target, scope), scope);
}

function bindMethodCall(node: CallNode, target: MemberSyntax, scope: BindScope): Bound {
  const receiver = bindTarget(target.target, scope);
  const typeArguments = typeArgumentsOf(target.typeArguments, scope);
  if (receiver.kind === "namespace") {
    return refuse(node.line, `"${receiver.name}.${target.name}" is unknown or not supported`);
  }
  if (receiver.kind === "type") return bindStaticCall(node, target.name, receiver.type, typeArguments, scope);
  return bindInstanceCall(node, target.name, receiver.bound, typeArguments, scope);
}

function bindStaticCall(
  node: CallNode,
  name: string,
  type: ClrType,
  typeArguments: readonly ClrType[],
  scope: BindScope,
): Bound {
  const found = methodsOf(staticMembers(type, name, scope.unit.registry));
  if (found.length === 0)
    return refuse(node.line, `"${displayType(type)}.${name}" does not exist or is not supported`);
  const resolved = resolveOverload(`${displayType(type)}.${name}`, found, node.args, node.line, scope, {
    typeArguments,
  });
  return { type: resolved.returns, run: staticRun(resolved) };
}

function bindInstanceCall(
  node: CallNode,
  name: string,
  receiver: Bound,
  typeArguments: readonly ClrType[],
  scope: BindScope,
): Bound {
  const { registry } = scope.unit;
  const display = `${displayType(receiver.type)}.${name}`;
  if (name === "Invoke" && delegateShape(receiver.type) !== null)
    return bindDelegateCall(node, receiver, scope);
  const own = methodsOf(instanceMembers(receiver.type, name, registry));
  const extensions = extensionMembers(name, registry);
  if (own.length + extensions.length === 0)
    return refuse(node.line, `"${display}" does not exist or is not supported`);
  scope.unit.membersUsed.add(display);
  const isOwn = own.length > 0 && (extensions.length === 0 || takes(own, node.args, typeArguments, scope));
  if (!isOwn) {
    const resolved = resolveOverload(display, extensions, node.args, node.line, scope, {
      typeArguments,
      receiver,
    });
    return { type: resolved.returns, run: staticRun(resolved) };
  }
  const resolved = resolveOverload(display, own, node.args, node.line, scope, { typeArguments });
  return { type: resolved.returns, run: instanceRun(receiver, resolved) };
}

/** Instance methods come before extension methods, if one takes the arguments at all. */
function takes(
  own: readonly FoundMember[],
  args: readonly ArgumentSyntax[],
  typeArguments: readonly ClrType[],
  scope: BindScope,
): boolean {
  const best = pickBest(own, bindArguments(args, scope), scope, { typeArguments });
  return best !== null && !(best instanceof Refusal);
}

function bindLocalCall(node: CallNode, name: string, scope: BindScope): Bound | null {
  const found = scope.lookUp(name);
  const signature = found?.variable.signature ?? null;
  if (found === null || signature === null) {
    if (found === null) refuse(node.line, `the function "${name}" does not exist`);
    return null;
  }
  const { parameters, returns } = signature;
  if (node.args.length !== parameters.length)
    refuse(node.line, `"${name}" takes ${parameters.length} arguments`);
  const read = readVariable(found.variable.index, found.depth);
  return {
    type: returns,
    run: delegateRun(
      read,
      bindPositional(
        node.args,
        parameters.map(({ type }) => type),
        scope,
      ),
    ),
  };
}

function bindDelegateCall(node: CallNode, target: Bound, scope: BindScope): Bound {
  const shape = delegateShape(target.type);
  if (shape === null) return refuse(node.line, `${displayType(target.type)} cannot be called`);
  if (node.args.length !== shape.parameters.length) {
    refuse(node.line, `${displayType(target.type)} takes ${shape.parameters.length} arguments`);
  }
  return {
    type: shape.returns,
    run: delegateRun(target.run, bindPositional(node.args, shape.parameters, scope)),
  };
}

function bindPositional(args: readonly ArgumentSyntax[], types: readonly ClrType[], scope: BindScope): Run[] {
  return args.map(({ value, name, out }, index) => {
    const type = types[index];
    if (type === undefined || name !== null || out !== null)
      return refuse(value.line, "this call takes plain arguments only");
    return bindExpecting(value, type, scope).run;
  });
}

function delegateRun(target: Run, args: readonly Run[]): Run {
  return (scope) => {
    const called = notNull(target(scope));
    const values = args.map((arg) => arg(scope));
    if (typeof called !== "function") return notNull(null);
    const delegate = called as (...values: unknown[]) => unknown;
    return delegate(...values) ?? null;
  };
}

function staticRun(resolved: Resolved): Run {
  const evaluate = prepareArguments(resolved);
  const { run } = resolved.found.member;
  const { call } = resolved;
  return (scope) => {
    spend();
    return invoke(run, [...evaluate(scope), call]);
  };
}

function instanceRun(receiver: Bound, resolved: Resolved): Run {
  const evaluate = prepareArguments(resolved);
  const { run } = resolved.found.member;
  const { call } = resolved;
  const takesNull = isNullable(receiver.type);
  return (scope) => {
    spend();
    const self = receiver.run(scope);
    if (!takesNull) notNull(self);
    return invoke(run, [self, ...evaluate(scope), call]);
  };
}

function methodsOf(found: readonly FoundMember[]): FoundMember[] {
  return found.filter(({ member }) => member.signature.kind === "method");
}

function typeArgumentsOf(syntaxes: readonly TypeSyntax[], scope: BindScope): ClrType[] {
  return syntaxes.map((syntax) => resolveType(syntax, scope.unit.registry));
}
