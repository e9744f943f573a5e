import type { ArgumentSyntax } from "../syntax/ast.ts";
import { Refusal } from "../syntax/refusal.ts";
import type { Scope } from "../runtime/scope.ts";
import { displayType, substitute, type ClrType } from "../types/clr-type.ts";
import type { Call } from "../types/type-definition.ts";
import { applyCandidate, type Applied, type PreparedArgument } from "./apply-candidate.ts";
import { bindExpression } from "./bind-expression.ts";
import { callOf } from "./call-of.ts";
import type { BindScope } from "./bind-scope.ts";
import type { Bound } from "./bound.ts";
import type { FoundMember } from "./find-members.ts";
import { refuse } from "./refuse.ts";

/** The overload that a call means. */
export interface Resolved {
  readonly found: FoundMember;
  readonly args: readonly PreparedArgument[];
  readonly returns: ClrType;
  readonly call: Call;
}

/** An argument of a call: bound, unless it is a lambda or `out`, whose type depends on the overload. */
export interface BoundArgument {
  readonly syntax: ArgumentSyntax;
  readonly bound: Bound | null;
}

/**
 * Chooses the overload with the cheapest conversions, the first declared when several are equal. This approximates the
 * "better function member" rules of the C# specification (12.6.4), whose ambiguities it does not report.
 */
export function resolveOverload(
  name: string,
  candidates: readonly FoundMember[],
  args: readonly ArgumentSyntax[],
  line: number,
  scope: BindScope,
  options: { receiver?: Bound; typeArguments?: readonly ClrType[] } = {},
): Resolved {
  const bound = bindArguments(args, scope);
  const best = pickBest(candidates, bound, scope, options);
  if (best instanceof Refusal) throw best;
  if (best === null) return refuseOverload(name, bound, line);
  const { found, bindings } = best;
  return {
    found,
    args: best.args,
    returns: substitute(found.member.signature.returns, bindings),
    call: callOf(bindings, scope.unit.registry),
  };
}

/** As {@link resolveOverload}, but null when no candidate takes the arguments. */
export function pickBest(
  candidates: readonly FoundMember[],
  args: readonly BoundArgument[],
  scope: BindScope,
  options: { receiver?: Bound; typeArguments?: readonly ClrType[] },
): Applied | Refusal | null {
  let best: Applied | null = null;
  let refusal: Refusal | null = null;
  for (const candidate of candidates) {
    const applied = attempt(() => applyCandidate(candidate, args, scope, options));
    if (applied instanceof Refusal) refusal ??= applied;
    else if (applied !== null && (best === null || applied.cost < best.cost)) best = applied;
  }
  return best ?? refusal;
}

/** Binds what can be bound without knowing the parameter. */
export function bindArguments(args: readonly ArgumentSyntax[], scope: BindScope): BoundArgument[] {
  return args.map((syntax) => {
    const isLate =
      syntax.out !== null ||
      syntax.value.kind === "lambda" ||
      (syntax.value.kind === "default" && syntax.value.type === null);
    return { syntax, bound: isLate ? null : bindExpression(syntax.value, scope) };
  });
}

/** Makes the closure that evaluates the arguments in order. */
export function prepareArguments(resolved: Resolved): (scope: Scope) => unknown[] {
  const runs = resolved.args.map((arg) => arg.finish());
  return (scope) => runs.map((run) => run(scope));
}

function attempt(apply: () => Applied | null): Applied | Refusal | null {
  try {
    return apply();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function refuseOverload(name: string, args: readonly BoundArgument[], line: number): never {
  const types = args.map(({ bound, syntax }) =>
    bound === null ? (syntax.out === null ? "a lambda" : "out") : displayType(bound.type),
  );
  const called = name === "this" ? "the indexer" : `"${name}"`;
  return refuse(line, `${called} has no overload that takes (${types.join(", ")})`);
}
