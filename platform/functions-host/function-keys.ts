import { timingSafeEqual } from "node:crypto";
import { statSync, unwatchFile, watchFile } from "node:fs";
import { MASTER_KEY, readKeyFile } from "./key-file.ts";

/** The keys that open an app's functions, as its keys file has them now. */
export interface FunctionKeys {
  /** Whether a key opens a function: any host key, or one of that function's own. */
  opens(functionName: string, presented: string): boolean;
  /** Whether a key is the master key, the host key `_master`, which opens what is the administrator's alone. */
  isMaster(presented: string): boolean;
  close(): void;
}

/**
 * Reads the keys file (`key-file.ts`), and reads it again when it changes. Without a host key `_master` there is no master key. A change that cannot be used leaves the last good keys
 * in force and is logged once.
 *
 * @param functionNames the functions that keys may be for
 * @throws Error naming the file when it cannot be used at the start
 */
export function openFunctionKeys(
  path: string,
  functionNames: readonly string[],
  log: (line: string) => void,
): FunctionKeys {
  let keys = readKeys(path, functionNames);
  let seen = signatureOf(path);

  const refresh = (): boolean => {
    const current = signatureOf(path);
    if (current === seen) return false;
    seen = current;
    try {
      keys = readKeys(path, functionNames);
      log("the keys file changed and was read again");
      return true;
    } catch (error) {
      log(`the keys file changed and cannot be used, the last good keys stay: ${messageOf(error)}`);
      return false;
    }
  };
  // Polling sees every kind of replacement on every file system, which watching for events does not.
  watchFile(path, { interval: POLL_MS, persistent: false }, refresh);

  // A key that was added a moment ago opens at once; one that was removed is noticed by the poll.
  const judge = (accepts: (current: Keys) => boolean) => accepts(keys) || (refresh() && accepts(keys));

  return {
    opens: (name, presented) => judge((current) => isOpened(current, name, presented)),
    isMaster: (presented) =>
      judge(({ master }) => master !== undefined && isEqual(master, Buffer.from(presented))),
    close: () => unwatchFile(path, refresh),
  };
}

const POLL_MS = 200;

interface Keys {
  master: Buffer | undefined;
  host: Buffer[];
  functions: Map<string, readonly Buffer[]>;
}

function isOpened(keys: Keys, functionName: string, presented: string): boolean {
  const given = Buffer.from(presented);
  let isKnown = false;
  for (const key of keys.host) isKnown = isEqual(key, given) || isKnown;
  for (const key of keys.functions.get(functionName) ?? []) isKnown = isEqual(key, given) || isKnown;
  return isKnown;
}

/** Takes a time that tells nothing about the key but its length. */
function isEqual(key: Buffer, given: Buffer): boolean {
  return key.length === given.length && timingSafeEqual(key, given);
}

function signatureOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : "absent";
}

function readKeys(path: string, functionNames: readonly string[]): Keys {
  const { hostKeys, functionKeys } = readKeyFile(path);
  const unknown = Object.keys(functionKeys).find((name) => !functionNames.includes(name));
  if (unknown !== undefined) throw new Error(`${path}: functionKeys: the app has no function "${unknown}"`);
  const master = hostKeys[MASTER_KEY];
  return {
    master: master === undefined ? undefined : Buffer.from(master),
    host: toBuffers(hostKeys),
    functions: new Map(Object.entries(functionKeys).map(([name, keys]) => [name, toBuffers(keys)])),
  };
}

function toBuffers(keys: Readonly<Record<string, string>>): Buffer[] {
  return Object.values(keys).map((key) => Buffer.from(key));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown error";
}
