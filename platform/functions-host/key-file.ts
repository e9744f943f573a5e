import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";

/** The keys that open an app, by name; those of a function by the function's name. */
export interface AppKeys {
  readonly hostKeys: Record<string, string>;
  readonly functionKeys: Record<string, Record<string, string>>;
}

/** The host key that is the master key: it opens what is the administrator's alone. */
export const MASTER_KEY = "_master";

/**
 * Reads a keys file, `{"hostKeys": {name: key}, "functionKeys": {function: {name: key}}}`.
 *
 * @throws Error naming the file, and quoting nothing of it, when it cannot be used
 */
export function readKeyFile(path: string): AppKeys {
  const content = parse(path);
  if (!isRecord(content)) throw new Error(`${path}: ${EXPECTED}`);
  const functionKeys = content.functionKeys ?? {};
  if (!isRecord(functionKeys)) throw new Error(`${path}: functionKeys: ${EXPECTED}`);
  return {
    hostKeys: readKeyList(path, "hostKeys", content.hostKeys ?? {}),
    functionKeys: Object.fromEntries(
      Object.entries(functionKeys).map(([name, keys]) => [
        name,
        readKeyList(path, `functionKeys.${name}`, keys),
      ]),
    ),
  };
}

/**
 * Changes a keys file; one that is absent begins without keys. A reader, or a process killed at any moment, finds either the
 * old file or the new one, which only its owner may read (0600). Reading, changing and writing are one step for whoever edits
 * the file in this process.
 *
 * @param change changes what it is given; when it throws, the file stays as it is
 * @throws Error as {@link readKeyFile} does, and what `change` throws
 */
export function editKeyFile<Result>(path: string, change: (keys: AppKeys) => Result): Result {
  const keys = existsSync(path) ? readKeyFile(path) : { hostKeys: {}, functionKeys: {} };
  const result = change(keys);
  replaceFile(path, `${JSON.stringify(keys, null, 2)}\n`);
  return result;
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

function readKeyList(path: string, where: string, keys: unknown): Record<string, string> {
  if (!isRecord(keys)) throw new Error(`${path}: ${where}: ${EXPECTED}`);
  const entries = Object.entries(keys).map(([name, key]) => {
    if (typeof key !== "string" || key === "")
      throw new Error(`${path}: ${where}.${name}: expected a key, not an empty one`);
    return [name, key] as const;
  });
  return Object.fromEntries(entries);
}

function replaceFile(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  const file = openSync(temporary, "wx", 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
