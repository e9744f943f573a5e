import { nestedCall } from "../runtime/evaluation.ts";
import { Scope } from "../runtime/scope.ts";
import type { BlockStatement, Expression, LambdaSyntax } from "../syntax/ast.ts";
import { displayType, isSameType, VOID, type ClrType } from "../types/clr-type.ts";
import { bestCommonType } from "./best-common-type.ts";
import { bindExpecting, bindExpression } from "./bind-expression.ts";
import type { BindScope } from "./bind-scope.ts";
import { bindBlock } from "./bind-statement.ts";
import type { Bound, Completion, Run } from "./bound.ts";
import { refuse, refuseConversion } from "./refuse.ts";
import { resolveType } from "./resolve-type.ts";
import { delegateShape } from "./type-relations.ts";

/** A function body ready to run, with the type it returns. */
export interface BoundFunction {
  readonly returns: ClrType;
  /** Gives the delegate: a JavaScript function over the C# arguments. */
  readonly run: Run;
}

/** Whether a lambda has as many parameters as a delegate. */
export function lambdaFits(lambda: LambdaSyntax, shape: { parameters: readonly ClrType[] }): boolean {
  return lambda.parameters.length === shape.parameters.length;
}

/** Binds a lambda where a delegate type is expected. */
export function bindLambdaTo(lambda: LambdaSyntax, type: ClrType, scope: BindScope): Bound {
  const shape = delegateShape(type);
  if (shape === null) return refuse(lambda.line, `a lambda is no ${displayType(type)}`);
  if (!lambdaFits(lambda, shape)) {
    return refuse(lambda.line, `${displayType(type)} takes ${shape.parameters.length} parameters`);
  }
  return { type, run: bindLambda(lambda, shape.parameters, shape.returns, scope).run };
}

/** Binds a lambda for parameter types; `returns` null finds the result type out. */
export function bindLambda(
  lambda: LambdaSyntax,
  parameters: readonly ClrType[],
  returns: ClrType | null,
  scope: BindScope,
): BoundFunction {
  const named = lambda.parameters.map(({ name, type }, index) => ({
    name,
    type: parameterType(type && resolveType(type, scope.unit.registry), parameters[index], lambda.line),
  }));
  return bindFunction({ parameters: named, returns, body: lambda.body, line: lambda.line }, scope);
}

/** Binds the body of a lambda or a local function. */
export function bindFunction(
  source: {
    readonly parameters: readonly { readonly name: string; readonly type: ClrType }[];
    readonly returns: ClrType | null;
    readonly body: Expression | BlockStatement;
    readonly line: number;
  },
  scope: BindScope,
): BoundFunction {
  const inner = scope.functionBody(source.returns);
  for (const { name, type } of source.parameters) {
    if (name === "_") inner.declareHidden(type);
    else inner.declare(name, type, source.line);
  }
  const { body } = source;
  const bound =
    body.kind === "block" ? bindBlockBody(body, inner) : bindExpressionBody(body, source.returns, inner);
  return { returns: bound.type, run: delegateOver(bound.run) };
}

/** The value a block returned. */
export function returnedValue(completion: Completion): unknown {
  return completion !== null && typeof completion === "object" ? completion.value : null;
}

function delegateOver(run: Run): Run {
  return (outer) =>
    (...args: unknown[]) =>
      nestedCall(() => {
        const scope = new Scope(outer);
        scope.slots.push(...args);
        return run(scope);
      });
}

function bindExpressionBody(body: Expression, returns: ClrType | null, scope: BindScope): Bound {
  if (returns === null) return bindExpression(body, scope);
  if (returns.name === "void") return { type: VOID, run: bindExpression(body, scope).run };
  return bindExpecting(body, returns, scope);
}

function bindBlockBody(body: BlockStatement, scope: BindScope): Bound {
  const { frame } = scope;
  const block = bindBlock(body, scope);
  const type =
    frame.returns ?? (frame.found.length === 0 ? VOID : bestCommonType(frame.found, scope.unit.registry));
  if (type === null) return refuse(body.line, "the returned values have no common type");
  if (type.name !== "void" && !block.ends) refuse(body.line, "not all code paths return a value");
  return { type, run: (inner) => returnedValue(block.run(inner)) };
}

function parameterType(written: ClrType | null, expected: ClrType | undefined, line: number): ClrType {
  if (expected === undefined) return refuse(line, "the lambda has too many parameters");
  if (written !== null && !isSameType(written, expected)) refuseConversion(line, written, expected);
  return expected;
}
