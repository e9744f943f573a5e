/** The moments at which an app may have code of its own run. */
export type HookName = (typeof HOOK_NAMES)[number];

/** A hook's code; it may change the context it gets. */
export type HookCallback = (context: Record<string, unknown>) => unknown;

const HOOK_NAMES = ["appStart", "appTerminate", "preInvocation", "postInvocation", "log"] as const;

/** The hooks of an app, in the order of their registration. */
export interface Hooks {
  /** @throws RangeError for a name that the contract does not have */
  register(name: string, callback: HookCallback): () => void;
  /** Runs all hooks of a name, one after the other, on the same context. */
  run(name: Exclude<HookName, "log">, context: Record<string, unknown>): Promise<void>;
  /** Runs the `log` hooks, which cannot be waited for. */
  runLog(context: Record<string, unknown>): void;
  /** Whether an invocation has to go through hooks at all. */
  hasInvocationHooks(): boolean;
}

/** Makes an empty list of hooks. */
export function createHooks(): Hooks {
  const hooks: Record<HookName, HookCallback[]> = {
    appStart: [],
    appTerminate: [],
    preInvocation: [],
    postInvocation: [],
    log: [],
  };
  return {
    register(name, callback) {
      if (!isHookName(name)) throw new RangeError(`Unrecognized hook "${name}"`);
      hooks[name] = [...hooks[name], callback];
      return () => {
        hooks[name] = hooks[name].filter((each) => each !== callback);
      };
    },
    async run(name, context) {
      for (const callback of hooks[name]) await callback(context);
    },
    runLog(context) {
      for (const callback of hooks.log) callback(context);
    },
    hasInvocationHooks: () => hooks.preInvocation.length + hooks.postInvocation.length > 0,
  };
}

function isHookName(name: string): name is HookName {
  return HOOK_NAMES.some((each) => each === name);
}
