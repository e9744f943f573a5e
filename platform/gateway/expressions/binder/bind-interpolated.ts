import { spendSize } from "../runtime/evaluation.ts";
import { align, formatValue } from "../runtime/text-of.ts";
import type { InterpolatedPart } from "../syntax/ast.ts";
import { STRING } from "../types/clr-type.ts";
import { bindExpression } from "./bind-expression.ts";
import type { BindScope } from "./bind-scope.ts";
import type { Bound, Run } from "./bound.ts";
import { refuse } from "./refuse.ts";

/** Binds `$"…{value,alignment:format}…"`. */
export function bindInterpolated(parts: readonly InterpolatedPart[], scope: BindScope): Bound {
  const runs = parts.map((part) => bindPart(part, scope));
  return {
    type: STRING,
    run: (inner) => {
      const text = runs.map((run) => run(inner)).join("");
      spendSize(text.length);
      return text;
    },
  };
}

function bindPart(part: InterpolatedPart, scope: BindScope): Run {
  if (part.kind === "text") return () => part.text;
  const { run, type } = bindExpression(part.value, scope);
  if (type.name === "void") return refuse(part.value.line, "this call has no value");
  const { alignment, format } = part;
  return (inner) => align(formatValue(run(inner), format), alignment);
}
