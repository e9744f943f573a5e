import { checkSize, spendSize } from "../runtime/evaluation.ts";
import { textOrEmpty } from "../runtime/text-of.ts";
import { STRING } from "../types/clr-type.ts";
import type { Bound } from "./bound.ts";

/** Binds `+` where one side is a string; null where neither is. */
export function bindConcatenation(left: Bound, right: Bound): Bound | null {
  const isText = left.type.name === "string" || right.type.name === "string";
  if (!isText || left.type.name === "void" || right.type.name === "void") return null;
  return {
    type: STRING,
    run: (scope) => {
      const before = textOrEmpty(left.run(scope));
      const after = textOrEmpty(right.run(scope));
      // JavaScript joins texts without copying them, so that appending costs what is appended.
      checkSize(before.length + after.length);
      spendSize(Math.min(before.length, after.length));
      return before + after;
    },
  };
}
