import { timingSafeEqual } from "node:crypto";
import { readFileSync, statSync, unwatchFile, watchFile } from "node:fs";

/** The keys that open an app's functions, as its keys file has them now. */
export interface FunctionKeys {
  /** Whether a key opens a function: any host key, or one of that function's own. */
  opens(functionName: string, presented: string): boolean;
  /** Whether a key is the master key, the host key `_master`, which opens what is the administrator's alone. */
  isMaster(presented: string): boolean;
  close(): void;
}

/**
 * Reads the keys file, `{"hostKeys": {name: key}, "functionKeys": {function: {name: key}}}`, and reads it again when it
 * changes. Without a host key `_master` there is no master key. A change that cannot be used leaves the last good keys
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
  const content = parse(path);
  if (!isRecord(content)) throw new Error(`${path}: ${EXPECTED}`);
  const functionKeys = content.functionKeys ?? {};
  if (!isRecord(functionKeys)) throw new Error(`${path}: functionKeys: ${EXPECTED}`);
  const functions = Object.entries(functionKeys).map(([name, keys]) => {
    if (!functionNames.includes(name))
      throw new Error(`${path}: functionKeys: the app has no function "${name}"`);
    return [name, [...readKeyList(path, `functionKeys.${name}`, keys).values()]] as const;
  });
  const host = readKeyList(path, "hostKeys", content.hostKeys ?? {});
  return { master: host.get("_master"), host: [...host.values()], functions: new Map(functions) };
}

const EXPECTED =
  'expected {"hostKeys": {"<name>": "<key>"}, "functionKeys": {"<function>": {"<name>": "<key>"}}}';

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // The parser's message would quote the file, which holds keys.
    throw new Error(`${path}: missing, or not valid JSON; ${EXPECTED}`);
  }
}

function readKeyList(path: string, where: string, keys: unknown): Map<string, Buffer> {
  if (!isRecord(keys)) throw new Error(`${path}: ${where}: ${EXPECTED}`);
  const entries = Object.entries(keys).map(([name, key]) => {
    if (typeof key !== "string" || key === "")
      throw new Error(`${path}: ${where}.${name}: expected a key, not an empty one`);
    return [name, Buffer.from(key)] as const;
  });
  return new Map(entries);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown error";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
