import { spawn } from "node:child_process";

export interface CommandOptions {
  /** Beside the variables of this process. Secrets go this way: a command line is there for everybody to read. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  /** `show` lets the command write to this process's own output; `take` gives what it wrote to standard output. */
  readonly output: "show" | "take" | "hide";
}

export interface CommandResult {
  readonly code: number;
  /** Empty unless it was to be taken. */
  readonly text: string;
}

/**
 * Runs a command to its end. An interrupt is the command's to answer: Terraform ends what it is at, and keeps the state.
 * @throws with `code` `ENOENT` when there is no such program
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  { environment, workingDirectory, output }: CommandOptions,
): Promise<CommandResult> {
  const child = spawn(program, args, {
    env: { ...process.env, ...environment },
    ...(workingDirectory !== undefined && { cwd: workingDirectory }),
    stdio: [
      "ignore",
      output === "show" ? "inherit" : output === "take" ? "pipe" : "ignore",
      output === "hide" ? "ignore" : "inherit",
    ],
  });
  const stay = (): void => undefined;
  const forward = (): void => void child.kill("SIGTERM");
  process.on("SIGINT", stay).on("SIGTERM", forward);
  try {
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (piece: string) => (text += piece));
    return await new Promise<CommandResult>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ code: code ?? (signal === null ? 1 : 130), text }));
    });
  } finally {
    process.off("SIGINT", stay).off("SIGTERM", forward);
  }
}
