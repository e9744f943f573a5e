import { SIZE_LIMIT } from "../runtime/evaluation.ts";
import { raiseArgumentNull } from "../runtime/thrown.ts";
import { substitute, type ClrType } from "../types/clr-type.ts";
import type { Parameter } from "../types/signature.ts";
import { bindLambda, lambdaFits } from "./bind-lambda.ts";
import { bindOut } from "./bind-out.ts";
import type { BindScope } from "./bind-scope.ts";
import { defaultOf } from "./default-value.ts";
import type { Bound, Run } from "./bound.ts";
import type { FoundMember } from "./find-members.ts";
import { implicitConversion, applyConversion } from "./implicit-conversion.ts";
import { Inference } from "./infer-types.ts";
import type { BoundArgument } from "./resolve-overload.ts";
import { delegateShape, isReferenceType } from "./type-relations.ts";

/** A candidate with the arguments it was given. */
export interface Applied {
  readonly found: FoundMember;
  readonly args: readonly PreparedArgument[];
  readonly bindings: ReadonlyMap<string, ClrType>;
  readonly cost: number;
}

/** An argument as the implementation gets it. */
export interface PreparedArgument {
  /** For `out`, made once the overload is chosen: it may declare a variable. */
  readonly finish: () => Run;
}

type Slot =
  | { readonly kind: "argument"; readonly parameter: Parameter; readonly argument: BoundArgument }
  | { readonly kind: "expanded"; readonly parameter: Parameter; readonly args: readonly BoundArgument[] }
  | { readonly kind: "default"; readonly parameter: Parameter };

/** Only break ties: an exact conversion of an expanded argument beats any other (C# specification, 12.6.4.3). */
const EXPANDED_COST = 0.5;
const DEFAULT_COST = 0.5;

/** Tries a candidate on arguments; null when it does not take them. @throws Refusal when a lambda within them is wrong */
export function applyCandidate(
  found: FoundMember,
  args: readonly BoundArgument[],
  scope: BindScope,
  options: { receiver?: Bound; typeArguments?: readonly ClrType[] },
): Applied | null {
  const given = options.receiver === undefined ? args : [receiverArgument(options.receiver), ...args];
  const { parameters } = found.member.signature;
  return (
    applySlots(found, matchSlots(parameters, given, false), scope, options.typeArguments) ??
    applySlots(found, matchSlots(parameters, given, true), scope, options.typeArguments)
  );
}

function receiverArgument(bound: Bound): BoundArgument {
  return { bound, syntax: { name: null, out: null, value: { kind: "receiver", line: 0 } } };
}

function matchSlots(
  parameters: readonly Parameter[],
  args: readonly BoundArgument[],
  expand: boolean,
): Slot[] | null {
  const last = parameters.at(-1);
  if (expand && last?.variadic !== true) return null;
  const positional = args.filter(({ syntax }) => syntax.name === null);
  const named = new Map(
    args.flatMap((argument) => (argument.syntax.name === null ? [] : [[argument.syntax.name, argument]])),
  );
  const slots: Slot[] = [];
  let used = 0;
  for (const parameter of parameters) {
    if (expand && parameter === last) {
      slots.push({ kind: "expanded", parameter, args: positional.slice(used) });
      used = Math.max(used, positional.length);
      continue;
    }
    const argument = positional[used] ?? named.get(parameter.name);
    if (argument === undefined && !parameter.optional) return null;
    if (argument === undefined) slots.push({ kind: "default", parameter });
    else slots.push({ kind: "argument", parameter, argument });
    if (argument !== undefined && !named.delete(parameter.name)) used++;
  }
  return used === positional.length && named.size === 0 ? slots : null;
}

function applySlots(
  found: FoundMember,
  slots: Slot[] | null,
  scope: BindScope,
  typeArguments: readonly ClrType[] = [],
): Applied | null {
  const { signature } = found.member;
  if (
    slots === null ||
    (typeArguments.length > 0 && typeArguments.length !== signature.typeParameters.length)
  )
    return null;
  const explicit = typeArguments.map((type, index): [string, ClrType] => [
    signature.typeParameters[index] ?? "",
    type,
  ]);
  const inference = new Inference(
    typeArguments.length > 0 ? [] : signature.typeParameters,
    new Map([...found.bindings, ...explicit]),
    scope.unit.registry,
  );
  if (!slots.every((slot) => learnFrom(slot, inference, scope)) || !inference.isComplete()) return null;
  return prepareAll(found, slots, inference.bindings, scope);
}

function learnFrom(slot: Slot, inference: Inference, scope: BindScope): boolean {
  if (slot.kind === "default") return true;
  if (slot.kind === "expanded") {
    const [element] = slot.parameter.type.args;
    for (const { bound } of slot.args)
      if (bound !== null && element !== undefined) inference.learn(element, bound.type);
    return true;
  }
  const { parameter, argument } = slot;
  if (argument.bound !== null) inference.learn(parameter.type, argument.bound.type);
  return (
    argument.syntax.value.kind !== "lambda" || learnFromLambda(parameter.type, argument, inference, scope)
  );
}

/** A lambda's parameters have to be known by then; its result is what it teaches. */
function learnFromLambda(
  type: ClrType,
  argument: BoundArgument,
  inference: Inference,
  scope: BindScope,
): boolean {
  const lambda = argument.syntax.value;
  const shape = delegateShape(substitute(type, inference.bindings));
  if (lambda.kind !== "lambda" || shape === null || !lambdaFits(lambda, shape)) return false;
  if (inference.isKnown(type)) return true;
  if (!shape.parameters.every((parameter) => inference.isKnown(parameter))) return false;
  const parameters = shape.parameters.map((parameter) => substitute(parameter, inference.bindings));
  inference.learn(shape.returns, bindLambda(lambda, parameters, null, scope).returns);
  return true;
}

function prepareAll(
  found: FoundMember,
  slots: readonly Slot[],
  bindings: ReadonlyMap<string, ClrType>,
  scope: BindScope,
): Applied | null {
  const args: PreparedArgument[] = [];
  let cost = 0;
  for (const slot of slots) {
    const argument = prepareSlot(slot, substitute(slot.parameter.type, bindings), scope);
    if (argument === null) return null;
    cost += argument.cost;
    args.push(argument);
  }
  return { found, args, bindings, cost };
}

type Prepared = PreparedArgument & { readonly cost: number };
interface Value {
  readonly run: Run;
  readonly cost: number;
}

function prepareSlot(slot: Slot, type: ClrType, scope: BindScope): Prepared | null {
  if (slot.kind === "default") {
    const { initial } = slot.parameter;
    const run = initial === null ? defaultOf(type).run : () => initial;
    return prepared({ run, cost: DEFAULT_COST });
  }
  if (slot.kind === "expanded") return prepareExpanded(slot.args, type, scope);
  return prepareArgument(slot.argument, slot.parameter, type, scope);
}

function prepareExpanded(args: readonly BoundArgument[], type: ClrType, scope: BindScope): Prepared | null {
  const [element] = type.args;
  if (element === undefined || args.length > SIZE_LIMIT) return null;
  const items = args.map((argument) => prepareValue(argument, element, scope));
  const runs: Run[] = [];
  let cost = EXPANDED_COST;
  for (const item of items) {
    if (item === null) return null;
    runs.push(item.run);
    cost += item.cost;
  }
  return prepared({ run: (inner) => runs.map((run) => run(inner)), cost });
}

function prepareArgument(
  argument: BoundArgument,
  parameter: Parameter,
  type: ClrType,
  scope: BindScope,
): Prepared | null {
  if (parameter.out !== (argument.syntax.out !== null)) return null;
  if (argument.syntax.out !== null) {
    const finish = bindOut(argument.syntax, type, scope);
    return finish && { finish, cost: 0 };
  }
  const value = prepareValue(argument, type, scope);
  if (value === null || !refusesNull(parameter, scope)) return value && prepared(value);
  const { run, cost } = value;
  return prepared({ run: (inner) => run(inner) ?? raiseArgumentNull(parameter.name), cost });
}

function prepared({ run, cost }: Value): Prepared {
  return { finish: () => run, cost };
}

function refusesNull({ type }: Parameter, scope: BindScope): boolean {
  return type.name !== "object" && type.nullable !== true && isReferenceType(type, scope.unit.registry);
}

function prepareValue(argument: BoundArgument, type: ClrType, scope: BindScope): Value | null {
  const { bound, syntax } = argument;
  if (bound !== null) {
    const conversion = implicitConversion(bound, type, scope.unit.registry);
    return conversion && { run: applyConversion(bound, type, conversion).run, cost: conversion.cost };
  }
  if (syntax.value.kind === "default") return { run: defaultOf(type).run, cost: 0 };
  const shape = delegateShape(type);
  if (syntax.value.kind !== "lambda" || shape === null || !lambdaFits(syntax.value, shape)) return null;
  const lambda = bindLambda(syntax.value, shape.parameters, shape.returns, scope);
  return { run: lambda.run, cost: 0 };
}
