/** A problem found while compiling, before the file is known; `line` counts from 0 within the expression. */
export class Refusal extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.line = line;
  }
}
