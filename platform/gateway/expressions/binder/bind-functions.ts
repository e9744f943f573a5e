import type { Scope } from "../runtime/scope.ts";
import type { FunctionStatement, Statement } from "../syntax/ast.ts";
import { OBJECT, VOID } from "../types/clr-type.ts";
import { bindFunction } from "./bind-lambda.ts";
import type { BindScope, Variable } from "./bind-scope.ts";
import type { Run } from "./bound.ts";
import { resolveType } from "./resolve-type.ts";

/**
 * Declares the local functions of a block, which all its statements see. Their bodies see all variables of the block, and
 * so are bound by calling the result once the statements are; that gives what makes the functions when the block starts.
 */
export function bindFunctions(
  statements: readonly Statement[],
  scope: BindScope,
): () => (inner: Scope) => void {
  const functions = statements.filter((statement) => statement.kind === "function");
  const declared = functions.map((node) => ({ node, variable: declareFunction(node, scope) }));
  return () => {
    const made = declared.map(({ node, variable }) => ({
      index: variable.index,
      run: bindBody(node, variable, scope),
    }));
    return (inner) => {
      for (const { index, run } of made) inner.slots[index] = run(inner);
    };
  };
}

function declareFunction(node: FunctionStatement, scope: BindScope): Variable {
  const { registry } = scope.unit;
  const returns = resolveType(node.returns, registry);
  const parameters = node.parameters.map(({ name, type }) => ({ name, type: resolveType(type, registry) }));
  return scope.declare(node.name, OBJECT, node.line, { readOnly: true, signature: { parameters, returns } });
}

function bindBody(node: FunctionStatement, { signature }: Variable, scope: BindScope): Run {
  const { parameters, returns } = signature ?? { parameters: [], returns: VOID };
  return bindFunction({ parameters, returns, body: node.body, line: node.line }, scope).run;
}
