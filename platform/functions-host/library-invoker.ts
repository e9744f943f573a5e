import { randomUUID } from "node:crypto";

import type { HttpFunction } from "./app-functions.ts";
import type { CoreInvocationContext, NullableString } from "./core-types.ts";
import { fromHttpData } from "./http-answer.ts";
import { headersOf, queryOf, traceOf, urlOf, type HttpInput } from "./http-input.ts";
import { createInvocationLog, type HttpInvoker, type InvokerContext } from "./invoker.ts";
import { runHandler } from "./run-handler.ts";

/**
 * Calls handlers through the app's own programming model, with the request that Azure's host would have sent to the
 * worker: the reference for {@link createLazyInvoker}.
 */
export function createLibraryInvoker(context: InvokerContext): HttpInvoker {
  return async (entry, input) => {
    const invocation = createHttpInvocation(context, entry, input, randomUUID());
    const model = context.model.getInvocationModel(invocation);
    const { context: invocationContext, inputs } = await model.getArguments();
    const result = await runHandler(
      {
        context: invocationContext,
        inputs,
        callback: entry.callback,
        invoke: (actual, callback) => model.invokeFunction(invocationContext, actual, callback),
        enter: (state) => (invocation.state = state),
      },
      context.core.hooks,
      context.appHookData,
    );
    const { returnValue } = await model.getResponse(invocationContext, result);
    return fromHttpData(returnValue?.http);
  };
}

/** The invocation as the contract between host and worker has it. */
export function createHttpInvocation(
  context: InvokerContext,
  entry: HttpFunction,
  input: HttpInput,
  invocationId: string,
): CoreInvocationContext {
  const http = {
    method: input.method,
    url: urlOf(input),
    nullableHeaders: nullable(headersOf(input)),
    nullableParams: nullable(input.params),
    nullableQuery: nullable(queryOf(input)),
    ...(input.body && { body: { bytes: input.body } }),
  };
  return {
    invocationId,
    metadata: entry.metadata,
    request: {
      invocationId,
      functionId: entry.name,
      inputData: [{ name: entry.trigger, data: { http } }],
      traceContext: traceOf(input),
      triggerMetadata: {},
    },
    log: createInvocationLog(context, entry.name),
  };
}

function nullable(record: Record<string, string>): Record<string, NullableString> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, { value }]));
}
