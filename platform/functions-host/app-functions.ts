import type { CoreBinding, RegisteredFunction } from "./core-types.ts";

/** Who may call a function over HTTP. */
export type AuthLevel = "anonymous" | "function" | "admin";

/** A function that answers HTTP requests. */
export interface HttpFunction extends RegisteredFunction {
  name: string;
  /** Name of its trigger binding, by which the library finds its input. */
  trigger: string;
  /** Route template without the prefix, such as `patient/{patientId}`. */
  route: string;
  /** Upper case. */
  methods: string[];
  authLevel: AuthLevel;
}

/** A function that runs on a schedule. */
export interface TimerFunction extends RegisteredFunction {
  name: string;
  trigger: string;
  /** Six-field NCRONTAB expression, or `%SETTING%`. */
  schedule: string;
  runOnStartup: boolean;
}

/** The functions of an app, by the trigger that runs them. */
export interface AppFunctions {
  http: HttpFunction[];
  timers: TimerFunction[];
}

/**
 * Sorts an app's registrations by trigger.
 *
 * @throws Error naming the function whose registration Azure refuses or this host cannot run: nothing is skipped
 */
export function readAppFunctions(registered: RegisteredFunction[]): AppFunctions {
  const functions: AppFunctions = { http: [], timers: [] };
  const names = new Set<string>();
  for (const each of registered) {
    const { name } = each.metadata;
    if (!NAME.test(name)) throw new Error(`function "${name}": the name must match ${NAME.source}`);
    if (names.has(name.toLowerCase())) throw new Error(`function "${name}" is registered twice`);
    names.add(name.toLowerCase());
    addFunction(functions, each);
  }
  return functions;
}

/** The rule of the real host, where `host` is reserved too. */
const NAME = /^(?!host$)[a-z][a-z0-9_-]{0,127}$/i;

function addFunction(functions: AppFunctions, registered: RegisteredFunction): void {
  const { name, bindings } = registered.metadata;
  const [trigger, binding] = onlyTrigger(name, bindings);
  const common = { ...registered, name, trigger };
  if (binding.type === "httpTrigger") functions.http.push({ ...common, ...httpSettings(name, binding) });
  else if (binding.type === "timerTrigger")
    functions.timers.push({ ...common, ...timerSettings(name, binding) });
  else {
    throw new Error(
      `function "${name}" has a ${binding.type}; the local host runs httpTrigger and timerTrigger only`,
    );
  }
}

function onlyTrigger(name: string, bindings: Record<string, CoreBinding>): [string, CoreBinding] {
  const [trigger, ...others] = Object.entries(bindings).filter(([, binding]) =>
    /trigger$/i.test(binding.type),
  );
  if (!trigger || others.length > 0) throw new Error(`function "${name}" must have exactly one trigger`);
  for (const [key, binding] of Object.entries(bindings)) {
    if (binding !== trigger[1] && !(key === "$return" && binding.type === "http")) {
      throw new Error(
        `function "${name}" has a binding of type ${binding.type}, which the local host does not have`,
      );
    }
  }
  return trigger;
}

function httpSettings(
  name: string,
  binding: CoreBinding,
): Pick<HttpFunction, "route" | "methods" | "authLevel"> {
  const { route = name, methods, authLevel } = binding;
  if (typeof route !== "string") throw new Error(`function "${name}": route must be a string`);
  if (!Array.isArray(methods) || !methods.every((each) => typeof each === "string") || methods.length === 0) {
    throw new Error(`function "${name}": methods must be a list of HTTP methods`);
  }
  if (!isAuthLevel(authLevel)) {
    throw new Error(`function "${name}": authLevel must be anonymous, function or admin`);
  }
  return { route, methods: methods.map((method) => method.toUpperCase()), authLevel };
}

function isAuthLevel(value: unknown): value is AuthLevel {
  return value === "anonymous" || value === "function" || value === "admin";
}

function timerSettings(name: string, binding: CoreBinding): Pick<TimerFunction, "schedule" | "runOnStartup"> {
  const { schedule, runOnStartup } = binding;
  if (typeof schedule !== "string") throw new Error(`function "${name}": schedule must be a string`);
  return { schedule, runOnStartup: runOnStartup === true };
}
