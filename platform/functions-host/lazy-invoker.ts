import { randomUUID } from "node:crypto";

import type { HttpFunction } from "./app-functions.ts";
import { toDirectAnswer } from "./direct-answer.ts";
import { fromHttpData, type HttpAnswer } from "./http-answer.ts";
import { joinedQueryOf, sentQueryOf, type HttpInput } from "./http-input.ts";
import { createInvocationLog, type HttpInvoker, type InvokerContext } from "./invoker.ts";
import { LazyContext } from "./lazy-context.ts";
import { LazyRequest } from "./lazy-request.ts";
import { createHttpInvocation } from "./library-invoker.ts";
import { runHandler } from "./run-handler.ts";
import { toStreamedAnswer } from "./streamed-answer.ts";

/**
 * Calls handlers with requests and contexts that make their parts on demand, and writes plain results directly: the
 * same as `createLibraryInvoker` at a tenth of its cost. Results that are not plain take the library's way, or,
 * when the app streams, that of {@link toStreamedAnswer}: the library's would lead through its proxy.
 *
 * @param streams whether the app enables HTTP streams
 */
export function createLazyInvoker(context: InvokerContext, streams: boolean): HttpInvoker {
  const { hooks } = context.core;
  const readQuery = streams ? sentQueryOf : joinedQueryOf;
  const logs = new Map<string, ReturnType<typeof createInvocationLog>>();
  const logOf = (name: string) => logs.get(name) ?? remember(logs, name, createInvocationLog(context, name));

  return async (entry, input) => {
    const invocation = new LazyContext(randomUUID(), entry, input, logOf(entry.name));
    const request = new LazyRequest(input, readQuery);
    const result = hooks.hasInvocationHooks()
      ? await callBetweenHooks(context, entry, invocation, request)
      : await call(entry, request, invocation);
    const direct = toDirectAnswer(result);
    if (direct) return direct;
    return streams ? toStreamedAnswer(result) : toLibraryAnswer(context, entry, input, invocation, result);
  };
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): V {
  map.set(key, value);
  return value;
}

async function call(entry: HttpFunction, request: LazyRequest, invocation: LazyContext): Promise<unknown> {
  try {
    return await entry.callback(request, invocation);
  } catch (error) {
    // The real worker takes a thrown nothing for no error.
    if (error === undefined || error === null) return null;
    throw error;
  }
}

function callBetweenHooks(
  { core, appHookData }: InvokerContext,
  entry: HttpFunction,
  invocation: LazyContext,
  request: LazyRequest,
): Promise<unknown> {
  const handlerCall = {
    context: invocation,
    inputs: [request],
    callback: entry.callback,
    invoke: (inputs: unknown[], callback: HttpFunction["callback"]) => callback(...inputs, invocation),
  };
  return runHandler(handlerCall, core.hooks, appHookData);
}

async function toLibraryAnswer(
  context: InvokerContext,
  entry: HttpFunction,
  input: HttpInput,
  invocation: LazyContext,
  result: unknown,
): Promise<HttpAnswer> {
  const request = createHttpInvocation(context, entry, input, invocation.invocationId);
  const { returnValue } = await context.model.getInvocationModel(request).getResponse(invocation, result);
  return fromHttpData(returnValue?.http);
}
