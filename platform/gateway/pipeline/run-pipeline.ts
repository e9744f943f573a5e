import { ExpressionError } from "../expressions/expression-error.ts";
import { answerTo } from "./default-answers.ts";
import type { Exchange } from "./exchange.ts";
import { PolicyFailure } from "./policy-failure.ts";
import { runStatements } from "./run-statements.ts";
import type { Pipeline, Statement } from "./statement.ts";

/**
 * Runs inbound, backend and outbound. After a short-circuit (`return-response`) neither backend nor outbound runs. Any error
 * goes to {@link runOnError}; the exchange has its answer when this settles, and it never rejects.
 */
export async function runPipeline(pipeline: Pipeline, exchange: Exchange): Promise<void> {
  try {
    await runSection(exchange, "inbound", pipeline.inbound);
    await runSection(exchange, "backend", pipeline.backend);
    await runSection(exchange, "outbound", pipeline.outbound);
  } catch (error) {
    await runOnError(pipeline.onError, exchange, error);
  }
}

/**
 * Sets `context.LastError` and the default answer, then lets `on-error` reshape it. A second error there ends the section with
 * the default answer to an internal error.
 *
 * Source: Microsoft Learn, "Error handling in Azure API Management policies".
 */
export async function runOnError(
  statements: readonly Statement[],
  exchange: Exchange,
  error: unknown,
): Promise<void> {
  blame(exchange, toFailure(error, exchange));
  exchange.section = "on-error";
  try {
    const pending = runStatements(statements, exchange);
    if (pending) await pending;
  } catch (second) {
    blame(exchange, toFailure(second, exchange));
  }
}

function runSection(
  exchange: Exchange,
  section: "inbound" | "backend" | "outbound",
  statements: readonly Statement[],
): void | Promise<void> {
  if (exchange.finished || statements.length === 0) return;
  exchange.section = section;
  return runStatements(statements, exchange);
}

function blame(exchange: Exchange, failure: PolicyFailure): void {
  const { current, section } = exchange;
  exchange.lastError = {
    source: failure.source,
    reason: failure.reason,
    message: failure.message,
    scope: current?.scope ?? "global",
    section,
    path: current?.path ?? "",
    policyId: current?.policyId ?? "",
  };
  exchange.finished = false;
  if (failure.keepsResponse && exchange.response) return;
  exchange.response?.content.stream?.abort();
  exchange.response = answerTo(failure, exchange.requestId);
}

function toFailure(error: unknown, exchange: Exchange): PolicyFailure {
  if (error instanceof PolicyFailure) return error;
  const source = exchange.current?.policy ?? "gateway";
  const reason = error instanceof ExpressionError ? "ExpressionValueEvaluationFailure" : "InternalError";
  return new PolicyFailure({
    source,
    reason,
    message: error instanceof Error ? error.message : String(error),
    cause: error,
  });
}
