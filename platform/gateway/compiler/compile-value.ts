import type { PolicyText } from "../documents/policy-element.ts";
import { compileExpression } from "../expressions/compile-expression.ts";
import type { Exchange } from "../pipeline/exchange.ts";

/** A value of a policy: evaluated when its statement runs, not earlier. */
export type Value<T> = (exchange: Exchange) => T;

/** How a kind of value is read. */
export interface Reader<T> {
  /** @param where `file:line`, for the refusal of a literal that makes no sense */
  literal(text: string, where: string): T;
  /** @param result an evaluator value */
  result(result: unknown): T;
}

/** Which bodies the expressions of a statement read. */
export interface BodyReads {
  request: boolean;
  response: boolean;
}

/** Where a compilation leaves what it finds. */
export interface CompileNotes {
  readonly reads: BodyReads;
  warn(message: string): void;
}

/** Reads a literal once, or compiles an expression and notes what it reads. */
export function compileValue<T>(
  text: PolicyText,
  file: string,
  reader: Reader<T>,
  notes: CompileNotes,
): Value<T> {
  if (!text.expression) {
    const literal = reader.literal(text.value, `${file}:${text.line}`);
    return () => literal;
  }
  const expression = compileExpression(text.value, { file, line: text.line });
  notes.reads.request ||= expression.readsRequestBody;
  notes.reads.response ||= expression.readsResponseBody;
  for (const warning of expression.warnings) notes.warn(warning);
  return (exchange) => reader.result(expression.evaluate(exchange));
}
