import { Scope } from "../runtime/scope.ts";
import { spend } from "../runtime/evaluation.ts";
import type { BlockStatement, Expression, Statement } from "../syntax/ast.ts";
import { BOOL } from "../types/clr-type.ts";
import { bindExpecting, bindExpression } from "./bind-expression.ts";
import { bindFunctions } from "./bind-functions.ts";
import { bindLocal } from "./bind-local.ts";
import { bindDo, bindFor, bindForeach, bindWhile } from "./bind-loops.ts";
import type { BindScope } from "./bind-scope.ts";
import { bindSwitch } from "./bind-switch.ts";
import { bindThrow } from "./bind-throw.ts";
import { bindRethrow, bindTry } from "./bind-try.ts";
import type { BoundStatement, Completion } from "./bound.ts";
import { convertImplicitly } from "./implicit-conversion.ts";
import { refuse, refuseConversion } from "./refuse.ts";

/** Binds `{ … }` in a scope of its own. */
export function bindBlock(block: BlockStatement, outer: BindScope): BoundStatement {
  const scope = outer.child();
  const body = bindStatements(block.body, scope);
  return { ends: body.ends, run: (parent) => body.run(new Scope(parent)) };
}

/** Binds statements in the scope they are given. */
export function bindStatements(statements: readonly Statement[], scope: BindScope): BoundStatement {
  const bindBodies = bindFunctions(statements, scope);
  const bound = statements
    .filter(({ kind }) => kind !== "function")
    .map((statement) => bindStatement(statement, scope));
  const makeFunctions = bindBodies();
  return {
    ends: bound.some(({ ends }) => ends),
    run: (inner) => {
      makeFunctions(inner);
      for (const statement of bound) {
        spend();
        const completion = statement.run(inner);
        if (completion !== null) return completion;
      }
      return null;
    },
  };
}

/** Binds a statement within `if` or a loop; a declaration there would have no scope. */
export function bindEmbedded(statement: Statement, outer: BindScope): BoundStatement {
  if (statement.kind === "local" || statement.kind === "function") {
    return refuse(statement.line, "a declaration needs a block here");
  }
  if (statement.kind === "block") return bindBlock(statement, outer);
  return bindBlock({ kind: "block", line: statement.line, body: [statement] }, outer);
}

function bindStatement(statement: Statement, scope: BindScope): BoundStatement {
  switch (statement.kind) {
    case "block":
      return bindBlock(statement, scope);
    case "local":
      return continuing(bindLocal(statement, scope));
    case "function":
      return refuse(statement.line, "a local function needs a block");
    case "expression":
      return bindExpressionStatement(statement.value, scope);
    case "empty":
      return { ends: false, run: () => null };
    case "if":
      return bindIf(statement, scope);
    case "return":
      return bindReturn(statement.value, statement.line, scope);
    case "throw":
      return {
        ends: true,
        run:
          statement.value === null ? bindRethrow(statement.line, scope) : bindThrow(statement.value, scope),
      };
    case "break":
    case "continue":
      return bindJump(statement.kind, statement.line, scope);
    case "foreach":
      return bindForeach(statement, scope);
    case "for":
      return bindFor(statement, scope);
    case "while":
      return bindWhile(statement, scope);
    case "do":
      return bindDo(statement, scope);
    case "switch":
      return bindSwitch(statement, scope);
    case "try":
      return bindTry(statement, scope);
    case "using":
      return bindUsing(statement, scope);
  }
}

function continuing(run: (scope: Scope) => unknown): BoundStatement {
  return {
    ends: false,
    run: (scope) => {
      run(scope);
      return null;
    },
  };
}

function bindExpressionStatement(value: Expression, scope: BindScope): BoundStatement {
  if (!["call", "assign", "increment", "new", "conditionalAccess", "throw"].includes(value.kind)) {
    return refuse(value.line, "only a call, an assignment, an increment or new can be a statement");
  }
  return continuing(bindExpression(value, scope).run);
}

function bindIf(statement: Extract<Statement, { kind: "if" }>, scope: BindScope): BoundStatement {
  const test = bindExpecting(statement.test, BOOL, scope).run;
  const then = bindEmbedded(statement.then, scope);
  const otherwise = statement.otherwise === null ? null : bindEmbedded(statement.otherwise, scope);
  return {
    ends: then.ends && (otherwise?.ends ?? false),
    run: (inner) => (test(inner) === true ? then.run(inner) : (otherwise?.run(inner) ?? null)),
  };
}

function bindReturn(value: Expression | null, line: number, scope: BindScope): BoundStatement {
  const { frame } = scope;
  const { returns } = frame;
  if (value === null) {
    if (returns !== null && returns.name !== "void") refuse(line, "a value has to be returned");
    return { ends: true, run: () => ({ value: null }) };
  }
  if (returns?.name === "void") return refuse(line, "nothing can be returned here");
  const bound =
    returns !== null && value.kind === "lambda"
      ? bindExpecting(value, returns, scope)
      : bindExpression(value, scope);
  if (bound.type.name === "void") return refuse(line, "this call has no value to return");
  frame.found.push(bound);
  const converted = returns === null ? bound : convertImplicitly(bound, returns, scope.unit.registry);
  const run = converted?.run ?? refuseConversion(line, bound.type, returns ?? bound.type);
  return { ends: true, run: (inner) => ({ value: run(inner) }) };
}

function bindJump(kind: "break" | "continue", line: number, scope: BindScope): BoundStatement {
  let target = scope.loop;
  while (kind === "continue" && target?.isSwitch === true) target = target.outer;
  if (target === null) return refuse(line, `there is no loop to ${kind}`);
  if (kind === "break") target.broken = true;
  const completion: Completion = kind;
  return { ends: true, run: () => completion };
}

/** None of the supported types holds anything to dispose of, so that `using` is a block. */
function bindUsing(statement: Extract<Statement, { kind: "using" }>, outer: BindScope): BoundStatement {
  const scope = outer.child();
  const { resource } = statement;
  const acquire =
    resource.kind === "local" ? bindLocal(resource, scope) : bindExpression(resource, scope).run;
  const body = bindEmbedded(statement.body, scope);
  return {
    ends: body.ends,
    run: (parent) => {
      const inner = new Scope(parent);
      acquire(inner);
      return body.run(inner);
    },
  };
}
