import type { Expression, Template, TemplatePart } from "./expression.ts";

/** Thrown when a string is no template that Terraform would take, or one beyond what the synthesis writes. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
}

/**
 * Parses a string of Terraform's JSON syntax. `$${` and `%%{` stand for themselves; directives (`%{`) are refused, since
 * the synthesis never writes one.
 *
 * Source: https://developer.hashicorp.com/terraform/language/expressions/strings
 * @throws {TemplateError}
 */
export function parseTemplate(text: string): Template {
  if (!/[$%]\{/.test(text)) return text === "" ? [] : [{ kind: "text", text }];
  const before = parsed.get(text);
  if (before) return before;
  const template = readTemplate(new Reader(text), undefined);
  parsed.set(text, template);
  return template;
}

/** The same references stand in many places, and every check reads them. */
const parsed = new Map<string, Template>();

const BINARY: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!="],
  ["<=", ">=", "<", ">"],
  ["+", "-"],
  ["*", "/", "%"],
];

class Reader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  sees(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  takes(token: string): boolean {
    if (!this.sees(token)) return false;
    this.at += token.length;
    return true;
  }

  /** After white space. */
  takesToken(token: string): boolean {
    this.skipSpace();
    return this.takes(token);
  }

  expect(token: string): void {
    if (!this.takesToken(token)) this.fail(`expected "${token}"`);
  }

  /** @param pattern sticky */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  skipSpace(): void {
    this.match(/\s*/y);
  }

  fail(what: string): never {
    const rest = this.done ? "the end" : JSON.stringify(this.text.slice(this.at, this.at + 30));
    throw new TemplateError(`${what}, read ${rest}`);
  }
}

function readTemplate(reader: Reader, end: string | undefined): Template {
  const parts: TemplatePart[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") parts.push({ kind: "text", text });
    text = "";
  };
  while (!(end === undefined ? reader.done : reader.sees(end))) {
    if (reader.done) reader.fail(`expected ${end ?? ""}`);
    if (reader.takes("$${")) text += "${";
    else if (reader.takes("%%{")) text += "%{";
    else if (reader.sees("%{")) reader.fail("a stray %{, which has to be written %%{");
    else if (reader.takes("${")) {
      flush();
      parts.push({ kind: "expression", expression: readExpression(reader) });
      reader.expect("}");
    } else if (end !== undefined && reader.takes("\\")) text += readEscape(reader);
    else text += reader.text[reader.at++] ?? "";
  }
  flush();
  return parts;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

function readEscape(reader: Reader): string {
  const letter = reader.text[reader.at++] ?? "";
  const known = ESCAPES[letter];
  if (known !== undefined) return known;
  const digits = letter === "u" ? reader.match(/[0-9a-fA-F]{4}/y) : reader.match(/[0-9a-fA-F]{8}/y);
  if (!/^[uU]$/.test(letter) || digits === undefined) reader.fail("an unknown escape");
  return String.fromCodePoint(Number.parseInt(digits, 16));
}

function readExpression(reader: Reader): Expression {
  const condition = readBinary(reader, 0);
  if (!reader.takesToken("?")) return condition;
  const then = readExpression(reader);
  reader.expect(":");
  return { kind: "operation", operator: "?:", operands: [condition, then, readExpression(reader)] };
}

function readBinary(reader: Reader, level: number): Expression {
  const operators = BINARY[level];
  if (!operators) return readUnary(reader);
  let left = readBinary(reader, level + 1);
  for (;;) {
    const operator = operators.find((one) => reader.takesToken(one));
    if (operator === undefined) return left;
    left = { kind: "operation", operator, operands: [left, readBinary(reader, level + 1)] };
  }
}

function readUnary(reader: Reader): Expression {
  const operator = ["!", "-"].find((one) => reader.takesToken(one));
  if (operator !== undefined) return { kind: "operation", operator, operands: [readUnary(reader)] };
  return readSteps(reader, readTerm(reader));
}

function readSteps(reader: Reader, start: Expression): Expression {
  let of = start;
  for (;;) {
    if (reader.takes("[*]") || reader.takes(".*")) of = { kind: "splat", of };
    else if (reader.takes(".")) {
      const name = reader.match(/[\p{L}_][\p{L}\p{N}_-]*|\d+/uy);
      if (name === undefined) reader.fail("expected the name of an attribute");
      of = { kind: "attribute", of, name };
    } else if (reader.takes("[")) {
      of = { kind: "index", of, at: readExpression(reader) };
      reader.expect("]");
    } else return of;
  }
}

function readTerm(reader: Reader): Expression {
  reader.skipSpace();
  if (reader.takes("(")) {
    const inner = readExpression(reader);
    reader.expect(")");
    return inner;
  }
  if (reader.takes('"')) {
    const template = readTemplate(reader, '"');
    reader.expect('"');
    const [first] = template;
    if (!first) return { kind: "literal", value: "" };
    const plain = template.length === 1 && first.kind === "text";
    return plain ? { kind: "literal", value: first.text } : { kind: "template", template };
  }
  if (reader.takes("[")) return { kind: "list", items: readList(reader, "]") };
  if (reader.takes("{")) return readObject(reader);
  const number = reader.match(/\d+(\.\d+)?([eE][+-]?\d+)?/y);
  if (number !== undefined) return { kind: "literal", value: Number(number) };
  return readName(reader);
}

const KEYWORDS = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function readName(reader: Reader): Expression {
  const name = reader.match(/[\p{L}_][\p{L}\p{N}_-]*/uy);
  if (name === undefined) reader.fail("expected an expression");
  const value = KEYWORDS.get(name);
  if (value !== undefined) return { kind: "literal", value };
  if (reader.takes("(")) return { kind: "call", name, arguments: readList(reader, ")") };
  return { kind: "name", name };
}

function readList(reader: Reader, end: string): Expression[] {
  const items: Expression[] = [];
  while (!reader.takesToken(end)) {
    items.push(readExpression(reader));
    if (!reader.takesToken(",")) {
      reader.expect(end);
      return items;
    }
  }
  return items;
}

function readObject(reader: Reader): Expression {
  const entries: (readonly [Expression, Expression])[] = [];
  while (!reader.takesToken("}")) {
    const key = readExpression(reader);
    if (!reader.takesToken("=")) reader.expect(":");
    const name: Expression = key.kind === "name" ? { kind: "literal", value: key.name } : key;
    entries.push([name, readExpression(reader)]);
    reader.takesToken(",");
  }
  return { kind: "object", entries };
}
