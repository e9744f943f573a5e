import { equalValues } from "../runtime/compare-values.ts";
import { Scope } from "../runtime/scope.ts";
import type { Expression, SwitchStatement } from "../syntax/ast.ts";
import type { ClrType } from "../types/clr-type.ts";
import { bindExpecting, bindExpression } from "./bind-expression.ts";
import type { BindScope, LoopFrame } from "./bind-scope.ts";
import { bindStatements } from "./bind-statement.ts";
import type { BoundStatement, Run } from "./bound.ts";
import { refuse } from "./refuse.ts";

interface Section {
  /** Null stands for `default`. */
  readonly labels: readonly (Run | null)[];
  readonly body: BoundStatement;
}

/** Binds a switch over constants; a section may not fall through to the next. */
export function bindSwitch(node: SwitchStatement, outer: BindScope): BoundStatement {
  const value = bindExpression(node.value, outer);
  const loop: LoopFrame = { broken: false, isSwitch: true, outer: outer.loop };
  const scope = outer.child({ loop });
  const sections = node.sections.map((section) => bindSection(section, value.type, scope));
  const hasDefault = sections.some(({ labels }) => labels.includes(null));
  return {
    ends: hasDefault && !loop.broken,
    run: (parent) => {
      const inner = new Scope(parent);
      const completion = pick(sections, value.run(parent), inner)?.body.run(inner) ?? null;
      return completion === "break" ? null : completion;
    },
  };
}

function bindSection(section: SwitchStatement["sections"][number], type: ClrType, scope: BindScope): Section {
  const labels = section.labels.map((label) => label && bindLabel(label, type, scope));
  const body = bindStatements(section.body, scope);
  if (!body.ends)
    refuse(section.line, "a case must not fall through to the next one; it ends by break or return");
  return { labels, body };
}

function bindLabel(label: Expression, type: ClrType, scope: BindScope): Run {
  return bindExpecting(label, type, scope).run;
}

function pick(sections: readonly Section[], value: unknown, scope: Scope): Section | undefined {
  const matches = ({ labels }: Section) =>
    labels.some((label) => label !== null && equalValues(label(scope), value));
  return sections.find(matches) ?? sections.find(({ labels }) => labels.includes(null));
}
