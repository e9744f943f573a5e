import { compileUnit } from "./binder/compile-unit.ts";
import type { CompiledExpression, ExpressionContext, ExpressionPlace } from "./context.ts";
import { ExpressionError } from "./expression-error.ts";
import { ExpressionSyntaxError } from "./expression-syntax-error.ts";
import { withEvaluation } from "./runtime/evaluation.ts";
import { LimitExceeded } from "./runtime/limit-exceeded.ts";
import { Thrown } from "./runtime/thrown.ts";
import { Refusal } from "./syntax/refusal.ts";

/**
 * Compiles a policy expression, `@(…)` or `@{…}`, once; the result is evaluated for each request.
 *
 * Supported is the subset of C# 7 in the reference (grammar, tiers 1 and 2), bound statically like a compiler does it.
 *
 * @param source the expression with its `@(` … `)` or `@{` … `}`, named values substituted and entities decoded
 * @param where the policy document and the 1-based line of the first character
 * @throws ExpressionSyntaxError for bad syntax, an unknown or unsupported type or member, or a conversion C# refuses
 */
export function compileExpression(source: string, where: ExpressionPlace): CompiledExpression {
  try {
    const unit = compileUnit(source);
    return {
      source,
      where,
      readsRequestBody: unit.readsRequestBody,
      readsResponseBody: unit.readsResponseBody,
      warnings: unit.warnings.map(({ line, text }) => `${where.file}:${where.line + line}: ${text}`),
      evaluate: (context) => evaluate(unit.run, context, where),
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new ExpressionSyntaxError(where.file, where.line + error.line, error.message);
  }
}

function evaluate(run: () => unknown, context: ExpressionContext, where: ExpressionPlace): unknown {
  try {
    return withEvaluation(context, run);
  } catch (error) {
    throw toExpressionError(error, where);
  }
}

function toExpressionError(error: unknown, where: ExpressionPlace): unknown {
  if (error instanceof Thrown) return new ExpressionError(error.exception.name, error.message, where, error);
  if (error instanceof LimitExceeded)
    return new ExpressionError("LimitExceeded", error.message, where, error);
  if (error instanceof ExpressionError)
    return new ExpressionError(error.exception, error.message, where, error);
  // The JavaScript stack or the longest string: what the limits above did not foresee.
  if (error instanceof RangeError) return new ExpressionError("LimitExceeded", error.message, where, error);
  return error;
}
