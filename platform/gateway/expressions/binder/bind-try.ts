import { ClrException } from "../runtime/clr-exception.ts";
import { Scope } from "../runtime/scope.ts";
import { Thrown } from "../runtime/thrown.ts";
import type { TryStatement } from "../syntax/ast.ts";
import { BOOL, clrType, displayType } from "../types/clr-type.ts";
import { bindExpecting } from "./bind-expression.ts";
import { readVariable, type BindScope } from "./bind-scope.ts";
import { bindBlock, bindStatements } from "./bind-statement.ts";
import type { BoundStatement, Completion, Run } from "./bound.ts";
import { refuse, refuseConversion } from "./refuse.ts";
import { resolveType } from "./resolve-type.ts";
import { referenceDistance } from "./type-relations.ts";

/** The variable that holds the exception a `throw;` throws again; no C# name can clash with it. */
const CAUGHT = "<caught>";

interface Handler {
  /** Gives null when the exception is none of this handler's. */
  readonly run: (parent: Scope, exception: ClrException) => { readonly completion: Completion } | null;
  readonly ends: boolean;
}

/** Binds `try`; limits of the evaluator pass every `catch`. */
export function bindTry(node: TryStatement, scope: BindScope): BoundStatement {
  const body = bindBlock(node.body, scope);
  const handlers = node.catches.map((clause) => bindCatch(clause, scope));
  const last = node.finally === null ? null : bindBlock(node.finally, scope);
  const guarded = (inner: Scope) => runGuarded(body, handlers, inner);
  return {
    ends: (body.ends && handlers.every(({ ends }) => ends)) || (last?.ends ?? false),
    run: last === null ? guarded : (inner) => runFinally(guarded, last, inner),
  };
}

/** Binds `throw;`, which throws the caught exception again. */
export function bindRethrow(line: number, scope: BindScope): (inner: Scope) => never {
  const found = scope.insideCatch ? scope.lookUp(CAUGHT) : null;
  if (found === null) return refuse(line, '"throw;" is only possible within catch');
  const read = readVariable(found.variable.index, found.depth);
  return (inner) => {
    const exception = read(inner);
    throw exception instanceof ClrException
      ? new Thrown(exception)
      : new TypeError("no exception was caught");
  };
}

function bindCatch(clause: TryStatement["catches"][number], outer: BindScope): Handler {
  const scope = outer.child({ insideCatch: true });
  const type = clause.type === null ? clrType("Exception") : resolveType(clause.type, scope.unit.registry);
  const base = clrType("Exception");
  if (referenceDistance(type, base, scope.unit.registry) === null) refuseConversion(clause.line, type, base);
  const slots = declareCaught(clause, type, scope);
  const filter: Run | null = clause.filter === null ? null : bindExpecting(clause.filter, BOOL, scope).run;
  const body = bindStatements(clause.body.body, scope);
  return {
    ends: body.ends,
    run: (parent, exception) => {
      if (!exception.isOf(displayType(type))) return null;
      const inner = new Scope(parent);
      for (const slot of slots) inner.slots[slot] = exception;
      return filter === null || filter(inner) === true ? { completion: body.run(inner) } : null;
    },
  };
}

function declareCaught(
  clause: TryStatement["catches"][number],
  type: ReturnType<typeof clrType>,
  scope: BindScope,
): number[] {
  const caught = scope.declareInternal(CAUGHT, type).index;
  return clause.name === null ? [caught] : [caught, scope.declare(clause.name, type, clause.line).index];
}

function runGuarded(body: BoundStatement, handlers: readonly Handler[], scope: Scope): Completion {
  try {
    return body.run(scope);
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    for (const handler of handlers) {
      const handled = handler.run(scope, error.exception);
      if (handled !== null) return handled.completion;
    }
    throw error;
  }
}

function runFinally(guarded: (scope: Scope) => Completion, last: BoundStatement, scope: Scope): Completion {
  let completion: Completion = null;
  let failure: { readonly error: unknown } | null = null;
  try {
    completion = guarded(scope);
  } catch (error) {
    failure = { error };
  }
  const final = last.run(scope);
  if (failure !== null) throw failure.error;
  return final ?? completion;
}
