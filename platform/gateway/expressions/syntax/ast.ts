import type { LiteralType, LiteralValue } from "./token.ts";

/** The syntax tree of a policy expression; `line` counts from 0 within the expression. */
export type Expression = { readonly line: number } & (
  | { readonly kind: "literal"; readonly type: LiteralType; readonly value: LiteralValue }
  | { readonly kind: "interpolated"; readonly parts: readonly InterpolatedPart[] }
  | { readonly kind: "name"; readonly name: string; readonly typeArguments: readonly TypeSyntax[] }
  | { readonly kind: "type"; readonly type: TypeSyntax }
  | MemberSyntax
  | { readonly kind: "call"; readonly target: Expression; readonly args: readonly ArgumentSyntax[] }
  | { readonly kind: "index"; readonly target: Expression; readonly args: readonly ArgumentSyntax[] }
  /** `target?.rest`; `rest` begins at the node "receiver". */
  | { readonly kind: "conditionalAccess"; readonly target: Expression; readonly rest: Expression }
  | { readonly kind: "receiver" }
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Expression }
  | {
      readonly kind: "increment";
      readonly operator: "++" | "--";
      readonly prefix: boolean;
      readonly operand: Expression;
    }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "assign";
      readonly operator: string;
      readonly target: Expression;
      readonly value: Expression;
    }
  | {
      readonly kind: "conditional";
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | { readonly kind: "cast"; readonly type: TypeSyntax; readonly operand: Expression }
  | { readonly kind: "as"; readonly type: TypeSyntax; readonly operand: Expression }
  | { readonly kind: "is"; readonly operand: Expression; readonly pattern: PatternSyntax }
  | LambdaSyntax
  | NewSyntax
  | {
      readonly kind: "newArray";
      readonly element: TypeSyntax | null;
      readonly size: Expression | null;
      readonly items: readonly Expression[] | null;
    }
  | {
      readonly kind: "anonymous";
      readonly members: readonly { readonly name: string; readonly value: Expression }[];
    }
  | { readonly kind: "default"; readonly type: TypeSyntax | null }
  | { readonly kind: "typeof"; readonly type: TypeSyntax }
  | { readonly kind: "throw"; readonly value: Expression }
);

export interface MemberSyntax {
  readonly kind: "member";
  readonly line: number;
  readonly target: Expression;
  readonly name: string;
  readonly typeArguments: readonly TypeSyntax[];
}

export interface LambdaSyntax {
  readonly kind: "lambda";
  readonly line: number;
  readonly parameters: readonly { readonly name: string; readonly type: TypeSyntax | null }[];
  readonly body: Expression | BlockStatement;
}

export interface NewSyntax {
  readonly kind: "new";
  readonly line: number;
  readonly type: TypeSyntax;
  readonly args: readonly ArgumentSyntax[];
  readonly initializer: readonly InitializerSyntax[];
}

/** `{ a = 1 }`, `{ ["a"] = 1 }`, `{ { "a", 1 } }` and `{ 1 }` in this order. */
export type InitializerSyntax =
  | { readonly kind: "property"; readonly line: number; readonly name: string; readonly value: Expression }
  | { readonly kind: "entry"; readonly line: number; readonly key: Expression; readonly value: Expression }
  | { readonly kind: "add"; readonly line: number; readonly values: readonly Expression[] };

export type InterpolatedPart =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "hole";
      readonly value: Expression;
      readonly alignment: number;
      readonly format: string;
    };

export interface ArgumentSyntax {
  readonly name: string | null;
  /** For `out`: the declared type, null for `out var`, undefined for an existing variable. */
  readonly out: { readonly type: TypeSyntax | null | undefined } | null;
  readonly value: Expression;
}

export type PatternSyntax =
  | { readonly kind: "type"; readonly type: TypeSyntax; readonly name: string | null }
  | { readonly kind: "constant"; readonly value: Expression };

/** A type as written; `name` keeps its dots, `ranks` counts `[]`. */
export interface TypeSyntax {
  readonly line: number;
  readonly name: string;
  readonly args: readonly TypeSyntax[];
  readonly nullable: boolean;
  readonly ranks: number;
}

export interface BlockStatement {
  readonly kind: "block";
  readonly line: number;
  readonly body: readonly Statement[];
}

export type Statement =
  | BlockStatement
  | LocalStatement
  | FunctionStatement
  | SwitchStatement
  | TryStatement
  | ({ readonly line: number } & (
      | { readonly kind: "expression"; readonly value: Expression }
      | { readonly kind: "empty" | "break" | "continue" }
      | {
          readonly kind: "if";
          readonly test: Expression;
          readonly then: Statement;
          readonly otherwise: Statement | null;
        }
      | { readonly kind: "return"; readonly value: Expression | null }
      | { readonly kind: "throw"; readonly value: Expression | null }
      | {
          readonly kind: "foreach";
          readonly type: TypeSyntax | null;
          readonly name: string;
          readonly source: Expression;
          readonly body: Statement;
        }
      | {
          readonly kind: "for";
          readonly init: readonly Statement[];
          readonly test: Expression | null;
          readonly steps: readonly Expression[];
          readonly body: Statement;
        }
      | { readonly kind: "while"; readonly test: Expression; readonly body: Statement }
      | { readonly kind: "do"; readonly test: Expression; readonly body: Statement }
      | { readonly kind: "using"; readonly resource: LocalStatement | Expression; readonly body: Statement }
    ));

/** `var a = 1;` has type null. */
export interface LocalStatement {
  readonly kind: "local";
  readonly line: number;
  readonly constant: boolean;
  readonly type: TypeSyntax | null;
  readonly declarators: readonly {
    readonly name: string;
    readonly value: Expression | null;
    readonly items: readonly Expression[] | null;
  }[];
}

export interface FunctionStatement {
  readonly kind: "function";
  readonly line: number;
  readonly returns: TypeSyntax;
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: TypeSyntax }[];
  readonly body: Expression | BlockStatement;
}

export interface SwitchStatement {
  readonly kind: "switch";
  readonly line: number;
  readonly value: Expression;
  /** A null label is `default`. */
  readonly sections: readonly {
    readonly line: number;
    readonly labels: readonly (Expression | null)[];
    readonly body: readonly Statement[];
  }[];
}

export interface TryStatement {
  readonly kind: "try";
  readonly line: number;
  readonly body: BlockStatement;
  readonly catches: readonly {
    readonly line: number;
    readonly type: TypeSyntax | null;
    readonly name: string | null;
    readonly filter: Expression | null;
    readonly body: BlockStatement;
  }[];
  readonly finally: BlockStatement | null;
}
