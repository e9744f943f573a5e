import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BaseError, git } from "./git.ts";
import { resolveRef } from "./resolve-ref.ts";

/** What the partner contract is made of. Of `handlers/`, only which APIs it is for. */
const FOLDERS = ["openapi", "apim-policies", "environments"];
const FILES = ["redocly.yaml"];
const HANDLERS = "handlers";

/**
 * Gives a folder that holds what the contract was made of at a ref, for as long as `use` takes; it is removed whatever
 * happens, also when the process is told to end.
 * @throws {BaseError} when the ref cannot be read
 */
export async function withBase<T>(
  projectDirectory: string,
  ref: string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const commit = await resolveRef(projectDirectory, ref);
  const folder = mkdtempSync(join(tmpdir(), "specimen-base-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const stop = removeOnSignal(remove);
  try {
    await materialise(projectDirectory, commit, folder, ref);
    return await use(folder);
  } finally {
    stop();
    remove();
  }
}

interface Entry {
  readonly path: string;
  readonly object: string;
}

async function materialise(
  projectDirectory: string,
  commit: string,
  folder: string,
  ref: string,
): Promise<void> {
  const [files, handlers] = await Promise.all([
    listTree(projectDirectory, ["-r", commit, "--", ...FOLDERS, ...FILES]),
    listTree(projectDirectory, ["-d", commit, "--", `${HANDLERS}/`]),
  ]);
  if (!files.some(({ path }) => path.startsWith("openapi/")))
    throw new BaseError(`${ref} has no openapi/: there is no contract to compare with`);
  await writeBlobs(projectDirectory, files, folder);
  for (const { path } of handlers) mkdirSync(join(folder, path), { recursive: true });
  // Node takes the settings of the environments for modules, as it does in the repository.
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
}

/** The entries of a tree below the folder, files without links and submodules. */
async function listTree(projectDirectory: string, args: readonly string[]): Promise<Entry[]> {
  const { code, stdout, stderr } = await git(projectDirectory, ["ls-tree", "-z", ...args]);
  if (code !== 0) throw new BaseError(`git ls-tree failed: ${stderr}`);
  const lines = stdout.toString("utf8").split("\0");
  return lines.flatMap((line) => {
    const [, object = "", path = ""] = /^(?:100\d+ blob|040000 tree) ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    return path === "" ? [] : [{ path, object }];
  });
}

async function writeBlobs(
  projectDirectory: string,
  entries: readonly Entry[],
  folder: string,
): Promise<void> {
  const input = entries.map(({ object }) => `${object}\n`).join("");
  const { stdout, stderr } = await git(projectDirectory, ["cat-file", "--batch"], input);
  let offset = 0;
  for (const { path } of entries) {
    const end = stdout.indexOf("\n", offset);
    const [, size = ""] = /^[0-9a-f]+ blob (\d+)$/.exec(stdout.toString("utf8", offset, end)) ?? [];
    if (size === "") throw new BaseError(`git could not read ${path} of the base: ${stderr}`);
    const start = end + 1;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), stdout.subarray(start, start + Number(size)));
    offset = start + Number(size) + 1;
  }
}

/** A signal ends the process without unwinding it. */
function removeOnSignal(remove: () => void): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const onSignal = (signal: NodeJS.Signals): void => {
    remove();
    for (const name of signals) process.off(name, onSignal);
    process.kill(process.pid, signal);
  };
  for (const name of signals) process.on(name, onSignal);
  return () => {
    for (const name of signals) process.off(name, onSignal);
  };
}
