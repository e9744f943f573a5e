/**
 * The part of the `@azure/functions-core` contract that the host implements: what Microsoft's Node worker hands to the
 * `@azure/functions` library inside an app's bundle. No package publishes it, so its shapes are written down here.
 *
 * @see https://github.com/Azure/azure-functions-nodejs-worker
 */
export type LogLevel = "trace" | "debug" | "information" | "warning" | "error" | "critical" | "none";

/** `user` for what a handler logs, `system` for what the library does. */
export type LogCategory = "user" | "system" | "customMetric";

/** A binding as the library registers it; an HTTP trigger also has `route`, `methods` and `authLevel`. */
export interface CoreBinding {
  type: string;
  direction: "in" | "out" | "inout";
  [setting: string]: unknown;
}

/** What the library registers for each function. */
export interface FunctionMetadata {
  name: string;
  bindings: Record<string, CoreBinding>;
  retryOptions?: unknown;
}

/** A handler: trigger input first, then the invocation context. */
export type FunctionCallback = (...args: unknown[]) => unknown;

/** A value as it would travel between host and worker. */
export interface TypedData {
  string?: string;
  json?: string;
  bytes?: Uint8Array;
  http?: HttpData;
}

/** A string that may be absent. */
export interface NullableString {
  value: string;
}

/** An HTTP request or response as it would travel between host and worker. */
export interface HttpData {
  method?: string;
  url?: string;
  nullableHeaders?: Record<string, NullableString>;
  nullableParams?: Record<string, NullableString>;
  nullableQuery?: Record<string, NullableString>;
  body?: TypedData;
  statusCode?: string;
  headers?: Record<string, string>;
  cookies?: CookieData[];
}

/** A cookie of a response; times are seconds since 1970. */
export interface CookieData {
  name?: string;
  value?: string;
  domain?: NullableString;
  path?: NullableString;
  expires?: { value?: { seconds?: number } };
  secure?: { value?: boolean };
  httpOnly?: { value?: boolean };
  sameSite?: "none" | "lax" | "strict" | "explicitNone";
  maxAge?: { value?: number };
}

/** W3C trace context of an invocation. */
export interface TraceContext {
  traceParent: string;
  traceState: string;
}

/** What the host gives the model for one invocation. */
export interface CoreInvocationContext {
  invocationId: string;
  metadata: FunctionMetadata;
  request: {
    invocationId: string;
    functionId: string;
    inputData: { name: string; data: TypedData }[];
    traceContext: TraceContext;
    triggerMetadata: Record<string, TypedData>;
  };
  log(level: LogLevel, category: LogCategory, message: string): void;
  state?: "preInvocationHooks" | "postInvocationHooks" | "invocation";
}

/** Turns one invocation of the host into a call of a handler, and its result into an answer. */
export interface InvocationModel {
  getArguments(): Promise<{ context: object; inputs: unknown[] }>;
  invokeFunction(context: object, inputs: unknown[], handler: FunctionCallback): Promise<unknown>;
  getResponse(context: object, result: unknown): Promise<{ returnValue?: TypedData | null }>;
}

/** What the library sets before its first registration. */
export interface ProgrammingModel {
  name: string;
  version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities(defaults: Record<string, string>): Promise<Record<string, string>> | Record<string, string>;
}

/** A function that the app registered. */
export interface RegisteredFunction {
  metadata: FunctionMetadata;
  callback: FunctionCallback;
}
