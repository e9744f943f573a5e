import { spawn } from "node:child_process";

/** What keeps a base from being read: the command was asked for something that is not there. */
export class BaseError extends Error {
  override readonly name = "BaseError";
}

/** What a git command printed, and how it ended. */
export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Runs git in a folder, whatever repository a hook that started us has set.
 * @param input what it reads from its standard input
 * @throws {BaseError} when there is no git
 */
export function git(folder: string, args: readonly string[], input = ""): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { cwd: folder, env: withoutRepository(), stdio: "pipe" });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", (error) => reject(new BaseError(describe(error))));
    child.on("close", (code) =>
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString("utf8").trim(),
      }),
    );
    // A git that ends before it has read everything says why on its error output.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

function describe(error: Error): string {
  const isMissing = "code" in error && error.code === "ENOENT";
  return isMissing
    ? "git is not installed, or not in PATH: the base of a comparison is read from the repository"
    : `git could not be started: ${error.message}`;
}

function withoutRepository(): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...rest } = process.env;
  return { ...rest, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0" };
}
