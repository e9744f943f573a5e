import Module, { createRequire, enableCompileCache, flushCompileCache } from "node:module";

// A process of its own: how long a fresh Node takes until an app's bundle has registered its functions. Prints milliseconds.
// The functions host has the compile cache on, too.
enableCompileCache();
const [, , bundle = ""] = process.argv;

let registered = 0;
class Disposable {
  dispose(): undefined {
    return undefined;
  }
}
const core = {
  version: "3.12.0",
  hostVersion: "4.1043.0",
  Disposable,
  registerFunction: () => {
    registered += 1;
    return new Disposable();
  },
  registerHook: () => new Disposable(),
  setProgrammingModel: () => undefined,
  getProgrammingModel: () => undefined,
  log: () => undefined,
};

// As the real worker does it: https://github.com/Azure/azure-functions-nodejs-worker
const original = Reflect.get(Module.prototype, "require") as (id: string) => unknown;
Reflect.set(Module.prototype, "require", function (this: Module, id: string): unknown {
  return id === "@azure/functions-core" ? core : original.call(this, id);
});

const startedAt = performance.now();
createRequire(import.meta.url)(bundle);
const milliseconds = performance.now() - startedAt;
if (registered === 0) throw new Error(`${bundle} registered no function.`);
process.stdout.write(String(milliseconds));
flushCompileCache();
// Before the app's first look at a vault that is not there.
process.exit(0);
