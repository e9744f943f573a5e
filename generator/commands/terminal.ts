/** Where a command runs, what it was asked for, and what it prints to. */
export interface Terminal {
  readonly projectDirectory: string;
  /** What follows the command's name. */
  readonly args: readonly string[];
  /** Prints to the standard output. */
  readonly print: (text: string) => void;
  /** Prints to the error output. */
  readonly fail: (text: string) => void;
}

/** A command of `generator/cli.ts`. Gives the exit code. */
export type Command = (terminal: Terminal) => Promise<number>;
