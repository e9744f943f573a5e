import { compileExpression } from "../compile-expression.ts";
import type { ExpressionContext } from "../context.ts";
import { toText } from "../convert.ts";
import { ExpressionError } from "../expression-error.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import { testContext } from "./test-context.ts";

/** The text of an expression's result; of a failure `Exception: message`, of a refusal `refused: message`. */
export function outcome(source: string, context: ExpressionContext = testContext()): string {
  try {
    return toText(compileExpression(source, { file: "test.xml", line: 1 }).evaluate(context));
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return `refused: ${error.message}`;
    if (error instanceof ExpressionError) return `${error.exception}: ${error.message}`;
    throw error;
  }
}

/** The result of an expression as it is. */
export function evaluate(source: string, context: ExpressionContext = testContext()): unknown {
  return compileExpression(source, { file: "test.xml", line: 1 }).evaluate(context);
}
