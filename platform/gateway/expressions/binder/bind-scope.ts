import { Refusal } from "../syntax/refusal.ts";
import type { Scope } from "../runtime/scope.ts";
import type { ClrType } from "../types/clr-type.ts";
import type { TypeRegistry } from "../types/type-registry.ts";
import type { Bound, Run } from "./bound.ts";

/** What all scopes of one expression share. */
export interface Unit {
  readonly registry: TypeRegistry;
  readonly anonymousTypes: Map<string, ClrType>;
  readonly warnings: Map<string, { line: number; text: string }>;
  /** Members of `context.Request`, `context.Response` and so on that the expression names, as `IRequest.Body`. */
  readonly membersUsed: Set<string>;
}

/** The function that statements belong to; null `returns` means that they are to be found. */
export interface FunctionFrame {
  readonly returns: ClrType | null;
  readonly found: Bound[];
}

export interface LoopFrame {
  broken: boolean;
  /** A switch takes `break`, and leaves `continue` to the loop around it. */
  readonly isSwitch: boolean;
  readonly outer: LoopFrame | null;
}

export interface Variable {
  readonly type: ClrType;
  readonly index: number;
  readonly readOnly: boolean;
  readonly signature: FunctionSignature | null;
}

/** A local function; lambdas are values of a delegate type instead. */
export interface FunctionSignature {
  readonly parameters: readonly { readonly name: string; readonly type: ClrType }[];
  readonly returns: ClrType;
}

/** The variables of a block while compiling; mirrors the runtime {@link Scope}. */
export class BindScope {
  readonly unit: Unit;
  readonly frame: FunctionFrame;
  readonly loop: LoopFrame | null;
  readonly insideCatch: boolean;
  private readonly parent: BindScope | null;
  private readonly variables = new Map<string, Variable>();
  private size = 0;
  private receivers: Bound[] = [];

  constructor(
    unit: Unit,
    parent: BindScope | null,
    options: { frame: FunctionFrame; loop?: LoopFrame | null; insideCatch?: boolean },
  ) {
    this.unit = unit;
    this.parent = parent;
    this.frame = options.frame;
    this.loop = options.loop ?? null;
    this.insideCatch = options.insideCatch ?? false;
  }

  /** A block within this one. */
  child(options: { loop?: LoopFrame; insideCatch?: boolean } = {}): BindScope {
    return new BindScope(this.unit, this, {
      frame: this.frame,
      loop: options.loop ?? this.loop,
      insideCatch: options.insideCatch ?? this.insideCatch,
    });
  }

  /** The body of a function within this block. */
  functionBody(returns: ClrType | null): BindScope {
    return new BindScope(this.unit, this, { frame: { returns, found: [] } });
  }

  /** Declares a variable; a name that is visible already is refused, as C# does. */
  declare(
    name: string,
    type: ClrType,
    line: number,
    options: { readOnly?: boolean; signature?: FunctionSignature } = {},
  ): Variable {
    if (this.lookUp(name) !== null || name === "context") {
      throw new Refusal(line, `a variable named "${name}" is already defined here`);
    }
    const { readOnly = false, signature = null } = options;
    const variable = { type, index: this.size++, readOnly, signature };
    this.variables.set(name, variable);
    return variable;
  }

  /** Declares a variable of the compiler's own, which may hide one of an outer block. */
  declareInternal(name: string, type: ClrType): Variable {
    const variable = this.declareHidden(type);
    this.variables.set(name, variable);
    return variable;
  }

  /** Declares a variable without name, for the compiler's own use. */
  declareHidden(type: ClrType): Variable {
    return { type, index: this.size++, readOnly: false, signature: null };
  }

  /** The variable of a name, and how many blocks further out it stands. */
  lookUp(name: string): { variable: Variable; depth: number } | null {
    const variable = this.variables.get(name);
    if (variable !== undefined) return { variable, depth: 0 };
    const outer = this.parent?.lookUp(name) ?? null;
    return outer && { variable: outer.variable, depth: outer.depth + 1 };
  }

  /** Binds with a value standing for the node "receiver". */
  withReceiver<T>(receiver: Bound, bind: () => T): T {
    this.receivers.push(receiver);
    try {
      return bind();
    } finally {
      this.receivers.pop();
    }
  }

  get receiver(): Bound | undefined {
    return this.receivers.at(-1);
  }

  warn(line: number, text: string): void {
    this.unit.warnings.set(`${line}: ${text}`, { line, text });
  }
}

/** Reads a variable from a number of blocks further in. */
export function readVariable(index: number, depth: number): Run {
  if (depth === 0) return (scope) => scope.slots[index];
  return (scope) => scope.outer(depth).slots[index];
}

/** Writes a variable. */
export function writeVariable(index: number, depth: number): (scope: Scope, value: unknown) => void {
  return (scope, value) => {
    scope.outer(depth).slots[index] = value;
  };
}
