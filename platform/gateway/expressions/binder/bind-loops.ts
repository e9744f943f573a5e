import { spend } from "../runtime/evaluation.ts";
import { iterate } from "../runtime/iterate.ts";
import { Scope } from "../runtime/scope.ts";
import { raiseNullReference } from "../runtime/thrown.ts";
import type { Expression, Statement } from "../syntax/ast.ts";
import { BOOL, displayType, type ClrType } from "../types/clr-type.ts";
import { bindExpecting, bindExpression } from "./bind-expression.ts";
import type { BindScope, LoopFrame } from "./bind-scope.ts";
import { bindEmbedded, bindStatements } from "./bind-statement.ts";
import type { Bound, BoundStatement, Completion, Run } from "./bound.ts";
import { convertExplicitly } from "./explicit-conversion.ts";
import { convertImplicitly } from "./implicit-conversion.ts";
import { refuse, refuseConversion } from "./refuse.ts";
import { resolveType } from "./resolve-type.ts";
import { asInstanceOf } from "./type-relations.ts";

type NodeOf<K extends Statement["kind"]> = Extract<Statement, { kind: K }>;

/** Binds `foreach`; each turn has a variable of its own. */
export function bindForeach(node: NodeOf<"foreach">, outer: BindScope): BoundStatement {
  const { source, element } = bindSource(node.source, outer);
  const type = node.type === null ? element : resolveType(node.type, outer.unit.registry);
  const scope = outer.child({ loop: newLoop(outer) });
  const { index } = scope.declare(node.name, type, node.line, { readOnly: true });
  const convert = itemConversion(element, type, index, node.line, scope);
  const body = bindEmbedded(node.body, scope);
  return {
    ends: false,
    run: (parent) => {
      for (const item of iterate(source.run(parent) ?? raiseNullReference())) {
        const inner = new Scope(parent);
        inner.slots[index] = item;
        inner.slots[index] = convert(inner);
        const completion = body.run(inner);
        if (completion === "break") break;
        if (isReturn(completion)) return completion;
      }
      return null;
    },
  };
}

/** Binds `for`. */
export function bindFor(node: NodeOf<"for">, outer: BindScope): BoundStatement {
  const loop = newLoop(outer);
  const scope = outer.child({ loop });
  const init = bindStatements(node.init, scope);
  const test = node.test === null ? null : bindExpecting(node.test, BOOL, scope);
  const steps = node.steps.map((step) => bindExpression(step, scope).run);
  const body = bindEmbedded(node.body, scope);
  const turn: Turn = {
    test: test?.run ?? null,
    body,
    after: (inner) => steps.forEach((step) => step(inner)),
  };
  return {
    ends: isEndless(test, loop),
    run: (parent) => {
      const inner = new Scope(parent);
      init.run(inner);
      return runLoop(turn, inner);
    },
  };
}

/** Binds `while`. */
export function bindWhile(node: NodeOf<"while">, outer: BindScope): BoundStatement {
  const loop = newLoop(outer);
  const scope = outer.child({ loop });
  const test = bindExpecting(node.test, BOOL, scope);
  const turn: Turn = { test: test.run, body: bindEmbedded(node.body, scope), after: null };
  return { ends: isEndless(test, loop), run: (parent) => runLoop(turn, new Scope(parent)) };
}

/** Binds `do … while`. */
export function bindDo(node: NodeOf<"do">, outer: BindScope): BoundStatement {
  const loop = newLoop(outer);
  const scope = outer.child({ loop });
  const body = bindEmbedded(node.body, scope);
  const test = bindExpecting(node.test, BOOL, scope);
  const turn: Turn = { test: test.run, body, after: null };
  return {
    ends: isEndless(test, loop) || (body.ends && !loop.broken),
    run: (parent) => {
      const inner = new Scope(parent);
      const first = body.run(inner);
      if (first === "break") return null;
      return isReturn(first) ? first : runLoop(turn, inner);
    },
  };
}

function bindSource(node: Expression, scope: BindScope): { source: Bound; element: ClrType } {
  const bound = bindExpression(node, scope);
  const type = asInstanceOf(bound.type, "IEnumerable", scope.unit.registry);
  const source = type && convertImplicitly(bound, type, scope.unit.registry);
  const element = type?.args[0];
  if (!source || element === undefined)
    return refuse(node.line, `${displayType(bound.type)} cannot be enumerated`);
  return { source, element };
}

interface Turn {
  readonly test: Run | null;
  readonly body: BoundStatement;
  readonly after: ((scope: Scope) => void) | null;
}

function runLoop({ test, body, after }: Turn, scope: Scope): Completion {
  while (test === null || test(scope) === true) {
    spend();
    const completion = body.run(scope);
    if (completion === "break") break;
    if (isReturn(completion)) return completion;
    after?.(scope);
  }
  return null;
}

function itemConversion(from: ClrType, to: ClrType, index: number, line: number, scope: BindScope): Run {
  const item: Bound = { type: from, run: (inner) => inner.slots[index] };
  return convertExplicitly(item, to, scope.unit.registry)?.run ?? refuseConversion(line, from, to);
}

function newLoop(outer: BindScope): LoopFrame {
  return { broken: false, isSwitch: false, outer: outer.loop };
}

function isEndless(test: Bound | null, loop: LoopFrame): boolean {
  return !loop.broken && (test === null || test.constant?.value === true);
}

function isReturn(completion: Completion): completion is Exclude<Completion, null | string> {
  return completion !== null && typeof completion === "object";
}
