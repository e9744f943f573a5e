import type { Expression } from "./ast.ts";
import { PREDEFINED_TYPES } from "./keywords.ts";
import { parsePostfix } from "./parse-postfix.ts";
import { parseType } from "./parse-type.ts";
import type { TokenCursor } from "./token-cursor.ts";

/** Parses prefix operators and casts. */
export function parseUnary(cursor: TokenCursor): Expression {
  return cursor.nested(() => {
    const { line } = cursor;
    const operator = ["!", "-", "+", "~", "++", "--"].find((candidate) => cursor.is(candidate));
    if (operator === undefined) return parseCast(cursor) ?? parsePostfix(cursor);
    cursor.next();
    const operand = parseUnary(cursor);
    if (operator === "++" || operator === "--") {
      return { kind: "increment", line, operator, prefix: true, operand };
    }
    return { kind: "unary", line, operator, operand };
  });
}

function parseCast(cursor: TokenCursor): Expression | null {
  if (!cursor.is("(")) return null;
  const { line } = cursor;
  const type = cursor.attempt(() => {
    cursor.expect("(");
    const parsed = parseType(cursor);
    cursor.expect(")");
    const isCertain = PREDEFINED_TYPES.has(parsed.name) || parsed.nullable || parsed.ranks > 0;
    return isCertain || startsOperand(cursor) ? parsed : null;
  });
  return type === null ? null : { kind: "cast", line, type, operand: parseUnary(cursor) };
}

/** Whether `(x)` before this token is a cast (C# specification, "Cast expressions"). */
function startsOperand(cursor: TokenCursor): boolean {
  const { kind, text } = cursor.peek();
  if (kind === "identifier") return text !== "as" && text !== "is";
  return kind === "literal" || kind === "interpolated" || ["!", "~", "("].includes(text);
}
