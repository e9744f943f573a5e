import type {
  FunctionCallback,
  FunctionMetadata,
  LogCategory,
  LogLevel,
  ProgrammingModel,
  RegisteredFunction,
} from "./core-types.ts";
import { Disposable } from "./disposable.ts";
import { createHooks, type HookCallback, type Hooks } from "./hooks.ts";
import type { HostLog } from "./host-log.ts";

/** What an app did with the core module while it was loaded. */
export interface Core {
  /** The module that `require("@azure/functions-core")` answers with. */
  api: object;
  hooks: Hooks;
  functions: RegisteredFunction[];
  /** @throws Error when the app registered nothing through `@azure/functions` */
  model(): ProgrammingModel;
  /** From here on a registration is an error, as in Azure. */
  lock(): void;
}

/** The oldest version of the real host that has everything in this contract. */
const HOST_VERSION = "4.1043.0";
const CORE_VERSION = "3.12.0";

/** Makes the core module for one app. */
export function createCore(log: HostLog): Core {
  const hooks = createHooks();
  const functions: RegisteredFunction[] = [];
  let model: ProgrammingModel | undefined;
  let locked = false;

  const api = {
    version: CORE_VERSION,
    hostVersion: HOST_VERSION,
    Disposable,
    registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
      if (locked) throw new Error("A function can only be registered during app startup.");
      functions.push({ metadata, callback });
      return new Disposable(() =>
        functions.splice(0, functions.length, ...functions.filter((each) => each.metadata !== metadata)),
      );
    },
    registerHook: (name: string, callback: HookCallback) => new Disposable(hooks.register(name, callback)),
    setProgrammingModel(newModel: ProgrammingModel): void {
      if (locked) throw new Error("The programming model can only be set during app startup.");
      model = newModel;
    },
    getProgrammingModel: () => model,
    log(level: LogLevel, category: LogCategory, message: string): void {
      hooks.runLog({ level, category, message });
      log.write(level, category, message);
    },
  };

  return {
    api,
    hooks,
    functions,
    lock() {
      locked = true;
    },
    model() {
      if (model) return model;
      throw new Error(
        "the app registers no function through @azure/functions; expected app.http(…) in its bundle",
      );
    },
  };
}
