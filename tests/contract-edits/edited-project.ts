import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { applyChanges, type EditedFile } from "./apply-changes.ts";
import type { Change } from "./contract-edit.ts";

const execute = promisify(execFile);
const REPOSITORY = resolve(import.meta.dirname, "../..");

/** What a contract is judged by. */
const SOURCES = ["openapi", "apim-policies", "environments", "handlers", "redocly.yaml", "package.json"];

/** The tag of the commit that holds this repository's contracts as they are. */
export const BASE = "base";

/** A project with a repository of its own, in which edits are made one after the other. */
export interface EditedProject {
  readonly directory: string;
  /** Makes an edit, hands what it changed to `use`, and takes it back. */
  readonly during: <Result>(
    changes: readonly Change[],
    use: (edited: readonly EditedFile[]) => Promise<Result>,
  ) => Promise<Result>;
  readonly remove: () => void;
}

/** A copy of the contracts in a folder of its own, committed as `base`. */
export async function createEditedProject(): Promise<EditedProject> {
  const directory = mkdtempSync(join(tmpdir(), "specimen-contract-edits-"));
  for (const source of SOURCES)
    cpSync(join(REPOSITORY, source), join(directory, source), { recursive: true });
  symlinkSync(join(REPOSITORY, "node_modules"), join(directory, "node_modules"), "dir");
  await commit(directory);
  const read = (file: string): string => readFileSync(join(directory, file), "utf8");
  return {
    directory,
    during: async (changes, use) => {
      const edited = applyChanges(changes, read);
      const undo = write(directory, edited);
      try {
        return await use(edited);
      } finally {
        undo();
      }
    },
    remove: () => rmSync(directory, { recursive: true }),
  };
}

/** Without the settings of the machine and of whoever runs it: hooks, signing, and so on. */
async function commit(directory: string): Promise<void> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  const author = ["-c", "user.name=Specimen", "-c", "user.email=specimen@specimen.example"];
  const git = (...args: string[]) => execute("git", [...author, ...args], { cwd: directory, env });
  await git("init", "--quiet", "--initial-branch", "main");
  await git("add", ...SOURCES);
  await git("commit", "--quiet", "--message", "The contracts as they are");
  await git("tag", BASE);
}

/** @returns what takes it back */
function write(directory: string, files: readonly EditedFile[]): () => void {
  const before = files.map(({ file }) => [join(directory, file), textOf(join(directory, file))] as const);
  for (const { file, text } of files) writeFileSync(join(directory, file), text);
  return () => {
    for (const [path, text] of before) {
      if (text === undefined) rmSync(path);
      else writeFileSync(path, text);
    }
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
