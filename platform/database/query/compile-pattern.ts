import type { BSONRegExp } from "bson";
import { CommandError, notImplemented } from "../errors.ts";

/** What PCRE knows and JavaScript lacks, or reads otherwise. */
const foreignSyntax = /\(\?(?![:=!])|\\[AZzGQEKRXhHvNCpPkg0-9]|\[\[:|[*+?}]\+|\(\*/;

const whitespace = " \\t\\n\\v\\f\\r";

/**
 * Compiles a regular expression so that it means what MongoDB's PCRE means by it.
 *
 * @param options any of `i`, `m`, `s`
 * @throws {CommandError} `Location51091` for an invalid expression, `NotImplemented` for syntax of PCRE's own
 */
export function compilePattern(pattern: string, options: string): RegExp {
  const foreign = foreignSyntax.exec(pattern);
  if (foreign) throw notImplemented(`"${foreign[0]}" in a regular expression`);
  if (/[^ims]/.test(options)) throw notImplemented(`the regular expression options "${options}"`);
  const source = translate(pattern, options);
  try {
    return new RegExp(source, options.includes("i") ? "iu" : "u");
  } catch {
    throw new CommandError("Location51091", "Regular expression is invalid");
  }
}

/** As {@link compilePattern}, of a BSON regular expression. */
export function compileExpression(expression: BSONRegExp): RegExp {
  return compilePattern(expression.pattern, expression.options);
}

/** The literal text that every match begins with: `"ab"` for `^ab.*`; empty when there is none. */
export function literalPrefix(pattern: string, options: string): string {
  if (options !== "" || pattern.includes("|")) return "";
  const literal = /^\^([A-Za-z0-9 _@:/-]*)(.?)/.exec(pattern);
  const text = literal?.[1] ?? "";
  return /[*?{]/.test(literal?.[2] ?? "") ? text.slice(0, -1) : text;
}

/** `.`, `^`, `$`, `\\s` and needless escapes differ between the two dialects. */
function translate(pattern: string, options: string): string {
  let inClass = false;
  return pattern.replace(/\\[^]|[[\].^$]/gu, (token) => {
    if (token === "[") inClass = true;
    else if (token === "]") inClass = false;
    else if (token.startsWith("\\")) return translateEscape(token, inClass);
    else if (!inClass) return translateAssertion(token, options);
    return token;
  });
}

function translateEscape(token: string, inClass: boolean): string {
  if (token === "\\s") return inClass ? whitespace : `[${whitespace}]`;
  if (token === "\\S" && inClass) throw notImplemented("\\S inside a class of a regular expression");
  if (token === "\\S") return `[^${whitespace}]`;
  if (token === "\\-" && inClass) return token;
  return /[A-Za-z0-9^$\\.*+?()[\]{}|/]$/.test(token) ? token : token.slice(1);
}

/** Only a line feed ends a line; without `m`, `$` stands before the last one too. */
function translateAssertion(token: string, options: string): string {
  const multiline = options.includes("m");
  if (token === ".") return options.includes("s") ? "[^]" : "[^\\n]";
  if (token === "^") return multiline ? "(?<![^\\n])" : token;
  return multiline ? "(?![^\\n])" : "(?=\\n?(?![^]))";
}
