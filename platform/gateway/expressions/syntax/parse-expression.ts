import type { Expression, LambdaSyntax, PatternSyntax, TypeSyntax } from "./ast.ts";
import { parseBlock } from "./parse-statement.ts";
import { parseType } from "./parse-type.ts";
import { parseUnary } from "./parse-unary.ts";
import type { TokenCursor } from "./token-cursor.ts";

const ASSIGNMENTS = ["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<="];
/** Binary operators from the loosest level to the tightest. */
const LEVELS: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<", ">", "<=", ">=", "is", "as"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];

/** Parses one expression, with assignment and lambda. */
export function parseExpression(cursor: TokenCursor): Expression {
  return cursor.nested(() => parseLambda(cursor) ?? parseAssignment(cursor));
}

function parseAssignment(cursor: TokenCursor): Expression {
  const { line } = cursor;
  if (cursor.accept("throw")) return { kind: "throw", line, value: parseExpression(cursor) };
  const target = parseConditional(cursor);
  const operator = ASSIGNMENTS.find((candidate) => cursor.is(candidate));
  if (operator === undefined) return target;
  cursor.next();
  return { kind: "assign", line, operator, target, value: parseExpression(cursor) };
}

function parseConditional(cursor: TokenCursor): Expression {
  const { line } = cursor;
  const test = parseCoalesce(cursor);
  if (!cursor.accept("?")) return test;
  const then = parseExpression(cursor);
  cursor.expect(":");
  return { kind: "conditional", line, test, then, otherwise: parseExpression(cursor) };
}

function parseCoalesce(cursor: TokenCursor): Expression {
  const { line } = cursor;
  const left = parseBinary(cursor, 0);
  if (!cursor.accept("??")) return left;
  const right = cursor.nested(() => {
    const thrown = cursor.line;
    return cursor.accept("throw")
      ? ({ kind: "throw", line: thrown, value: parseExpression(cursor) } as const)
      : parseCoalesce(cursor);
  });
  return { kind: "binary", line, operator: "??", left, right };
}

function parseBinary(cursor: TokenCursor, level: number): Expression {
  const operators = LEVELS[level];
  if (operators === undefined) return parseUnary(cursor);
  let left = parseBinary(cursor, level + 1);
  for (;;) {
    const operator = takeOperator(cursor, operators);
    if (operator === null) return left;
    left = parseRight(cursor, left, operator, level);
  }
}

function takeOperator(cursor: TokenCursor, operators: readonly string[]): string | null {
  // ">" ">" without a blank between is a shift; the tokenizer leaves it apart for the sake of type arguments.
  const shift = cursor.is(">") && cursor.is(">", 1) && cursor.peek().end === cursor.peek(1).start;
  const operator = shift ? ">>" : operators.find((candidate) => cursor.is(candidate));
  if (operator === undefined || !operators.includes(operator)) return null;
  cursor.next();
  if (shift) cursor.next();
  return operator;
}

function parseRight(cursor: TokenCursor, left: Expression, operator: string, level: number): Expression {
  const { line } = left;
  if (operator === "as") return { kind: "as", line, operand: left, type: parseTestedType(cursor) };
  if (operator === "is") return { kind: "is", line, operand: left, pattern: parsePattern(cursor) };
  return { kind: "binary", line, operator, left, right: parseBinary(cursor, level + 1) };
}

function parsePattern(cursor: TokenCursor): PatternSyntax {
  if (cursor.peek().kind === "literal" || cursor.is("-")) {
    return { kind: "constant", value: parseUnary(cursor) };
  }
  const type = parseTestedType(cursor);
  return { kind: "type", type, name: cursor.isIdentifier() ? cursor.identifier() : null };
}

/** The `?` after the type of `is` and `as` belongs to the type only where no conditional can follow. */
function parseTestedType(cursor: TokenCursor): TypeSyntax {
  const follow = [")", ";", ",", "]", "}", ".", "??", "==", "!=", "&&", "||"];
  const nullable = cursor.attempt(() => {
    const type = parseType(cursor);
    const ends = cursor.peek().kind === "end" || follow.some((text) => cursor.is(text));
    return type.nullable && ends ? type : null;
  });
  return nullable ?? parseType(cursor, false);
}

function parseLambda(cursor: TokenCursor): LambdaSyntax | null {
  const { line } = cursor;
  const parameters = parseLambdaParameters(cursor);
  if (parameters === null) return null;
  const body = cursor.is("{") ? parseBlock(cursor) : parseExpression(cursor);
  return { kind: "lambda", line, parameters, body };
}

function parseLambdaParameters(cursor: TokenCursor): LambdaSyntax["parameters"] | null {
  if (cursor.isIdentifier() && cursor.is("=>", 1)) {
    const name = cursor.identifier();
    cursor.expect("=>");
    return [{ name, type: null }];
  }
  if (!cursor.is("(")) return null;
  return cursor.attempt(() => {
    cursor.expect("(");
    const parameters: { name: string; type: TypeSyntax | null }[] = [];
    while (!cursor.accept(")")) {
      if (parameters.length > 0) cursor.expect(",");
      parameters.push(parseLambdaParameter(cursor));
    }
    return cursor.accept("=>") ? parameters : null;
  });
}

function parseLambdaParameter(cursor: TokenCursor): { name: string; type: TypeSyntax | null } {
  const isBare = cursor.is(",", 1) || cursor.is(")", 1);
  const type = isBare ? null : parseType(cursor);
  return { name: cursor.identifier(), type };
}
