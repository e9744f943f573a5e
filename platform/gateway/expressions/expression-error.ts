import type { ExpressionPlace } from "./context.ts";

/**
 * An evaluation that failed: an uncaught .NET exception, or a limit of the evaluator.
 * The gateway turns it into the error `ExpressionValueEvaluationFailure`, status 500.
 */
export class ExpressionError extends Error {
  /** Name of the .NET exception without its namespace, such as `NullReferenceException`. */
  readonly exception: string;
  /** Null when the failure is one of a conversion outside an expression. */
  readonly where: ExpressionPlace | null;

  constructor(exception: string, message: string, where: ExpressionPlace | null = null, cause?: unknown) {
    super(message, { cause });
    this.name = "ExpressionError";
    this.exception = exception;
    this.where = where;
  }
}
