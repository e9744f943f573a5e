import { format } from "node:util";

import type { HttpFunction } from "./app-functions.ts";
import type { CoreInvocationContext, LogLevel, TraceContext } from "./core-types.ts";
import { traceOf, type HttpInput } from "./http-input.ts";

/**
 * An invocation context with the interface of the library's `InvocationContext`, whose parts are made when they are
 * asked for.
 *
 * @see https://learn.microsoft.com/javascript/api/@azure/functions/invocationcontext
 */
export class LazyContext {
  readonly invocationId: string;
  readonly functionName: string;
  readonly retryContext = undefined;
  readonly triggerMetadata = undefined;

  readonly #function: HttpFunction;
  readonly #input: HttpInput;
  readonly #log: CoreInvocationContext["log"];
  #traceContext: TraceContext | undefined;
  #extraInputs: ExtraValues | undefined;
  #extraOutputs: ExtraValues | undefined;

  constructor(
    invocationId: string,
    entry: HttpFunction,
    input: HttpInput,
    log: CoreInvocationContext["log"],
  ) {
    this.invocationId = invocationId;
    this.functionName = entry.name;
    this.#function = entry;
    this.#input = input;
    this.#log = log;
  }

  get traceContext(): TraceContext {
    return (this.#traceContext ??= traceOf(this.#input));
  }

  get extraInputs(): ExtraValues {
    return (this.#extraInputs ??= createExtraValues());
  }

  get extraOutputs(): ExtraValues {
    return (this.#extraOutputs ??= createExtraValues());
  }

  get options(): object {
    const { trigger, metadata } = this.#function;
    const named = (name: string) => metadata.bindings[name] && { ...metadata.bindings[name], name };
    return { trigger: named(trigger), return: named("$return"), extraInputs: [], extraOutputs: [] };
  }

  log(...args: unknown[]): void {
    this.#write("information", args);
  }

  trace(...args: unknown[]): void {
    this.#write("trace", args);
  }

  debug(...args: unknown[]): void {
    this.#write("debug", args);
  }

  info(...args: unknown[]): void {
    this.#write("information", args);
  }

  warn(...args: unknown[]): void {
    this.#write("warning", args);
  }

  error(...args: unknown[]): void {
    this.#write("error", args);
  }

  #write(level: LogLevel, args: unknown[]): void {
    this.#log(level, "user", format(...args));
  }
}

interface ExtraValues {
  get(key: string | { name: string }): unknown;
  set(key: string | { name: string }, value: unknown): void;
}

function createExtraValues(): ExtraValues {
  const values = new Map<string, unknown>();
  const nameOf = (key: string | { name: string }) => (typeof key === "string" ? key : key.name);
  return {
    get: (key) => values.get(nameOf(key)),
    set: (key, value) => void values.set(nameOf(key), value),
  };
}
