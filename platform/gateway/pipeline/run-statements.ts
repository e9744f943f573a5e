import type { Exchange } from "./exchange.ts";
import type { Statement } from "./statement.ts";

/**
 * Runs statements in order until one finishes the exchange. Stays synchronous as long as every statement does: most policies
 * only edit headers, and a turn of the event loop for each would cost more than they do.
 */
export function runStatements(
  statements: readonly Statement[],
  exchange: Exchange,
  from = 0,
): void | Promise<void> {
  for (let index = from; index < statements.length; index++) {
    if (exchange.finished) return;
    const statement = statements[index];
    const pending = statement && runOne(statement, exchange);
    if (pending) return pending.then(() => runStatements(statements, exchange, index + 1));
  }
}

function runOne(statement: Statement, exchange: Exchange): void | Promise<void> {
  exchange.current = statement;
  const buffering = bufferBodies(statement, exchange);
  if (buffering === undefined) return statement.run(exchange);
  return buffering.then(() => statement.run(exchange));
}

function bufferBodies(statement: Statement, exchange: Exchange): Promise<void> | undefined {
  const request = statement.readsRequestBody ? exchange.request.content.buffer() : undefined;
  const response = statement.readsResponseBody ? exchange.response?.content.buffer() : undefined;
  return request && response ? request.then(() => response) : (request ?? response);
}
