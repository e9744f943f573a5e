import { catalogue } from "./catalogue.ts";
import type { ProblemCode } from "./catalogue.ts";

/** One thing that is wrong with a request, at a place in the body or in a named parameter. */
export type RequestFault =
  | { readonly pointer: string; readonly code: string; readonly message: string }
  | { readonly parameter: string; readonly code: string; readonly message: string };

export interface ProblemOptions {
  /** What was wrong with this request, where more can be said than the catalogue does. Never repeats what was sent. */
  readonly detail?: string;
  readonly errors?: readonly RequestFault[];
  /** Seconds after which the request is worth sending again. */
  readonly retryAfter?: number;
  /** Ends in the log by its name and code alone, never in the answer. */
  readonly cause?: unknown;
}

/** Why a request cannot be served. The pipeline's one catch turns it into an RFC 9457 answer. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(catalogue[code].title, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.options = options;
  }

  /** The HTTP status that the catalogue gives the code. */
  get status(): number {
    return catalogue[this.code].status;
  }
}

/** Makes a problem, to be thrown. */
export function problem(code: ProblemCode, options?: ProblemOptions): Problem {
  return new Problem(code, options);
}
