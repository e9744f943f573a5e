import type { Scope } from "../runtime/scope.ts";
import type { ClrType } from "../types/clr-type.ts";

/** An expression ready to run: its static type and a closure. */
export interface Bound {
  readonly type: ClrType;
  readonly run: Run;
  /** Present when the value is known while compiling. */
  readonly constant?: { readonly value: unknown };
}

export type Run = (scope: Scope) => unknown;

/** Something that can be assigned. `prepare` evaluates what stands before it, once, for a get and a set. */
export interface Place {
  readonly type: ClrType;
  readonly prepare: (scope: Scope) => void;
  readonly get: Run | null;
  /** Prepare and get in one, for what is only read. */
  readonly read: Run | null;
  readonly set: ((scope: Scope, value: unknown) => void) | null;
}

/** How a statement ended: null at its end, else a jump. */
export type Completion = null | "break" | "continue" | ReturnCompletion;

export interface ReturnCompletion {
  readonly value: unknown;
}

/** A statement ready to run; `ends` says that its end cannot be reached. */
export interface BoundStatement {
  readonly run: (scope: Scope) => Completion;
  readonly ends: boolean;
}
