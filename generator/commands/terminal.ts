/** Where a command runs and what it prints to. */
export interface Terminal {
  readonly projectDirectory: string;
  readonly print: (line: string) => void;
  /** Prints to the error output and gives the exit code, 1. */
  readonly fail: (line: string) => number;
}
