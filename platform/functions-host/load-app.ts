import { createRequire, Module } from "node:module";

/**
 * Loads an app's bundle unchanged, answering its `require("@azure/functions-core")` the way Microsoft's Node worker
 * does: nothing else about the bundle's modules is touched.
 *
 * @param bundle absolute path of a CommonJS bundle
 * @throws whatever the bundle throws while it is loaded
 */
export function loadApp(bundle: string, coreApi: object): void {
  answerCoreModule(coreApi);
  createRequire(bundle)(bundle);
}

function answerCoreModule(coreApi: object): void {
  const descriptor = Object.getOwnPropertyDescriptor(Module.prototype, "require");
  const original: unknown = descriptor?.value;
  if (typeof original !== "function") throw new Error("this Node has no Module.prototype.require");
  Object.defineProperty(Module.prototype, "require", {
    ...descriptor,
    value: function require(this: Module, id: string): unknown {
      return id === "@azure/functions-core" ? coreApi : Reflect.apply(original, this, [id]);
    },
  });
}
