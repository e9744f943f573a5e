import type { FunctionCallback } from "./core-types.ts";
import type { Hooks } from "./hooks.ts";

/** One call of a handler, seen from its hooks. */
export interface HandlerCall {
  context: object;
  inputs: unknown[];
  callback: FunctionCallback;
  /** Calls the handler; hooks may have put others in the places of inputs and handler. */
  invoke(inputs: unknown[], callback: FunctionCallback): unknown;
  /** Told as the call moves on. */
  enter?(state: "preInvocationHooks" | "invocation" | "postInvocationHooks"): void;
}

/**
 * Runs a handler between its hooks, as the real worker does: a hook may replace the inputs, the handler, the result and
 * the error.
 *
 * @throws what the handler threw, unless a hook took it away
 */
export async function runHandler(call: HandlerCall, hooks: Hooks, appHookData: object): Promise<unknown> {
  const before = {
    hookData: {},
    appHookData,
    invocationContext: call.context,
    functionCallback: call.callback,
    inputs: call.inputs,
  };
  call.enter?.("preInvocationHooks");
  await hooks.run("preInvocation", before);

  const outcome = await outcomeOf(call, before);
  const after = {
    hookData: before.hookData,
    appHookData,
    invocationContext: call.context,
    inputs: before.inputs,
    ...outcome,
  };
  call.enter?.("postInvocationHooks");
  await hooks.run("postInvocation", after);
  if (after.error === null || after.error === undefined) return after.result;
  // Whatever it is, an `Error` or not, it is the app's own.
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw after.error;
}

async function outcomeOf(
  call: HandlerCall,
  { inputs, functionCallback }: { inputs: unknown[]; functionCallback: FunctionCallback },
): Promise<{ result: unknown; error: unknown }> {
  call.enter?.("invocation");
  try {
    return { result: await call.invoke(inputs, functionCallback), error: null };
  } catch (error) {
    return { result: null, error };
  }
}
