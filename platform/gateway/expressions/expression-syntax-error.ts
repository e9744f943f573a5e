/**
 * An expression that is refused when the gateway starts: C# that does not parse, or a type, member or conversion
 * that does not exist or is not supported. The message begins with `file:line: `.
 */
export class ExpressionSyntaxError extends Error {
  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: policy expression: ${problem}`);
    this.name = "ExpressionSyntaxError";
  }
}
