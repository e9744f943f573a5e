import type { HttpFunction } from "./app-functions.ts";
import type { Core } from "./core-api.ts";
import type { CoreInvocationContext, ProgrammingModel } from "./core-types.ts";
import type { HostLog } from "./host-log.ts";
import type { HttpAnswer } from "./http-answer.ts";
import type { HttpInput } from "./http-input.ts";

/** Calls the handler of an HTTP function. */
export type HttpInvoker = (entry: HttpFunction, input: HttpInput) => Promise<HttpAnswer>;

/** What an invoker stands on. */
export interface InvokerContext {
  core: Core;
  model: ProgrammingModel;
  log: HostLog;
  /** Shared by all hooks of the app. */
  appHookData: object;
}

/** What the library calls for each line that an app or the library logs during an invocation. */
export function createInvocationLog(
  { core, log }: InvokerContext,
  functionName: string,
): CoreInvocationContext["log"] {
  return (level, category, message) => {
    core.hooks.runLog({ level, category, message });
    log.write(level, category, message, functionName);
  };
}
