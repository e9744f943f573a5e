import { LIBRARY } from "../library/library.ts";
import { Scope } from "../runtime/scope.ts";
import { parseSource } from "../syntax/parse-source.ts";
import { OBJECT } from "../types/clr-type.ts";
import { bindExpecting } from "./bind-expression.ts";
import { returnedValue } from "./bind-lambda.ts";
import { BindScope, type Unit } from "./bind-scope.ts";
import { bindBlock } from "./bind-statement.ts";
import { refuse } from "./refuse.ts";

/** An expression ready to run, before it knows its document. */
export interface CompiledUnit {
  readonly run: () => unknown;
  readonly readsRequestBody: boolean;
  readonly readsResponseBody: boolean;
  readonly warnings: readonly { readonly line: number; readonly text: string }[];
}

/** Parses and binds an expression: the body of a method that takes `context` and returns object. */
export function compileUnit(source: string): CompiledUnit {
  const unit: Unit = {
    registry: LIBRARY,
    anonymousTypes: new Map(),
    warnings: new Map(),
    membersUsed: new Set(),
  };
  const run = bindUnit(source, unit);
  const uses = (member: string) => unit.membersUsed.has(member);
  return {
    run: () => run(new Scope(null)) ?? null,
    readsRequestBody: uses("IRequest.Body"),
    readsResponseBody: uses("IProxyRequestContext.Response") && uses("IResponse.Body"),
    warnings: [...unit.warnings.values()],
  };
}

function bindUnit(source: string, unit: Unit): (scope: Scope) => unknown {
  const tree = parseSource(source);
  const scope = new BindScope(unit, null, { frame: { returns: OBJECT, found: [] } });
  if (tree.kind !== "block") return bindExpecting(tree, OBJECT, scope).run;
  const block = bindBlock(tree, scope);
  if (!block.ends) refuse(tree.line, "not all code paths return a value");
  return (inner) => returnedValue(block.run(inner));
}
