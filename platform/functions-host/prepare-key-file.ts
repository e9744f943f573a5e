import { randomBytes } from "node:crypto";
import { editKeyFile, MASTER_KEY } from "./key-file.ts";

/** What must open an app when it starts. */
export interface PreparedKeys {
  /** The app's functions that keys may be for. */
  readonly functions: readonly string[];
  /** The host key that the app's callers present. */
  readonly hostKey: string;
  /** The key that the gateway presents, and the functions that it opens; absent when the gateway presents the host key. */
  readonly gateway?: { readonly key: string; readonly functions: readonly string[] };
}

/**
 * Makes a keys file when there is none; one that is there keeps its keys, so that those of a rotation survive a restart.
 * A key that must open and does not is added: the host key as `default`, the gateway's as `gateway`. Keys of functions that
 * the app no longer has are dropped; a function that the gateway now opens gets all the gateway's keys, and one that it no
 * longer opens loses them.
 *
 * @throws Error naming the file when it is there and cannot be used
 */
export function prepareKeyFile(path: string, { functions, hostKey, gateway }: PreparedKeys): void {
  editKeyFile(path, ({ hostKeys, functionKeys }) => {
    if (!opens(withoutMaster(hostKeys), hostKey)) hostKeys.default = hostKey;
    // It runs a timer's function by hand; nobody but the operator of this machine can read it here.
    hostKeys[MASTER_KEY] ??= randomBytes(32).toString("base64url");
    for (const name of Object.keys(functionKeys))
      if (!functions.includes(name)) Reflect.deleteProperty(functionKeys, name);
    if (gateway) giveGatewayKeys(functionKeys, gateway);
  });
}

type FunctionKeyLists = Record<string, Record<string, string>>;

function giveGatewayKeys(
  functionKeys: FunctionKeyLists,
  { key, functions }: NonNullable<PreparedKeys["gateway"]>,
): void {
  const shared = sharedKeys(functions.map((name) => functionKeys[name]).filter((keys) => keys !== undefined));
  for (const [name, keys] of Object.entries(functionKeys)) {
    if (!functions.includes(name)) functionKeys[name] = withoutValues(keys, [key, ...Object.values(shared)]);
  }
  for (const name of functions) {
    const keys = (functionKeys[name] ??= { ...shared });
    if (!opens(keys, key)) keys.gateway = key;
  }
}

/** What all the opened functions have, name and value, is the gateway's; what one of them has alone is somebody else's. */
function sharedKeys([first = {}, ...others]: readonly Record<string, string>[]): Record<string, string> {
  const isShared = ([name, key]: readonly [string, string]) => others.every((keys) => keys[name] === key);
  return Object.fromEntries(Object.entries(first).filter(isShared));
}

function withoutValues(keys: Record<string, string>, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(keys).filter(([, key]) => !values.includes(key)));
}

function withoutMaster(hostKeys: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(hostKeys).filter(([name]) => name !== MASTER_KEY));
}

function opens(keys: Record<string, string>, key: string): boolean {
  return Object.values(keys).includes(key);
}
