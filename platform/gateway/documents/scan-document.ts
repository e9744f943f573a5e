import { ConfigurationError } from "../configuration/configuration-error.ts";
import { decodeEntities } from "./decode-entities.ts";
import { isWellFormed } from "./is-well-formed.ts";
import { lineIndex } from "./line-index.ts";
import type { PolicyElement, PolicyText } from "./policy-element.ts";
import { isExpressionStart, scanExpression } from "./scan-expression.ts";

/**
 * Reads a policy document of either format into its top-level elements. Most published documents are no XML, since their
 * expressions hold raw quotes, `<` and `&&`; a value that begins with `@(` or `@{` is therefore read as C#.
 *
 * - Literals: entities are decoded. Expressions: decoded only in a well-formed document (format `xml`).
 * - CDATA is text as it is. The content of `set-body` is kept raw when it is markup.
 *
 * @param text the document
 * @param file its path, for messages
 * @throws ConfigurationError with file and line, when no reading makes sense
 */
export function scanDocument(text: string, file: string): PolicyElement[] {
  return new Scanner(text.replace(/^\uFEFF/, ""), file).document();
}

/** What stands between a start tag and its end tag. */
interface Content {
  readonly children: PolicyElement[];
  readonly texts: PolicyText[];
}

/** Elements whose content may be markup that is no policy: a SOAP envelope, for one. */
const rawContent = new Set(["set-body"]);
const namePattern = /[A-Za-z_][\w.:-]*/y;
const spacePattern = /\s*/y;

/** One walk over a document. */
class Scanner {
  readonly #text: string;
  readonly #file: string;
  readonly #escaped: boolean;
  readonly #lineOf: (offset: number) => number;
  #at = 0;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    this.#escaped = isWellFormed(text);
    this.#lineOf = lineIndex(text);
  }

  document(): PolicyElement[] {
    const { children, texts } = this.#content(null);
    const stray = texts[0];
    if (stray)
      throw new ConfigurationError(
        `${this.#file}:${stray.line}`,
        "text outside of an element; expected <policies>",
      );
    return children;
  }

  #content(parent: string | null): Content {
    const content: Content = { children: [], texts: [] };
    while (this.#at < this.#text.length) {
      if (this.#skipIgnored()) continue;
      if (this.#text.startsWith("<![CDATA[", this.#at)) this.#cdata(content);
      else if (this.#text.startsWith("</", this.#at)) {
        this.#endTag(parent);
        return content;
      } else if (this.#text[this.#at] === "<") content.children.push(this.#element());
      else this.#characters(content);
    }
    if (parent !== null) this.#fail(this.#at, `<${parent}> is never closed`);
    return content;
  }

  /** Comments and processing instructions. */
  #skipIgnored(): boolean {
    if (this.#text.startsWith("<!--", this.#at))
      this.#at = this.#behind("-->", "the comment is never closed");
    else if (this.#text.startsWith("<?", this.#at))
      this.#at = this.#behind("?>", "the processing instruction is never closed");
    else return false;
    return true;
  }

  #element(): PolicyElement {
    const line = this.#lineOf(this.#at);
    this.#at++;
    const name = this.#name("an element name behind <");
    const attributes = this.#attributes(name);
    if (this.#take("/>")) return { name, line, attributes, children: [], text: null };
    if (!this.#take(">")) this.#fail(this.#at, `<${name}> is not closed by >`);
    const content = rawContent.has(name) ? this.#rawContent(name) : this.#content(name);
    return { name, line, attributes, children: content.children, text: joinTexts(content.texts) };
  }

  #attributes(element: string): Map<string, PolicyText> {
    const attributes = new Map<string, PolicyText>();
    for (;;) {
      this.#space();
      const next = this.#text[this.#at];
      if (next === ">" || next === "/") return attributes;
      if (next === undefined) this.#fail(this.#at, `<${element}> is not closed by >`);
      const start = this.#at;
      const name = this.#name(`an attribute name in <${element}>`);
      if (attributes.has(name)) this.#fail(start, `<${element}> has the attribute ${name} twice`);
      attributes.set(name, this.#attributeValue(element, name));
    }
  }

  #attributeValue(element: string, name: string): PolicyText {
    this.#space();
    if (!this.#take("=")) this.#fail(this.#at, `attribute ${name} of <${element}> has no value`);
    this.#space();
    const quote = this.#text.charAt(this.#at);
    if (quote !== '"' && quote !== "'")
      this.#fail(this.#at, `the value of ${name} in <${element}> is not quoted`);
    const start = ++this.#at;
    if (!this.#escaped && isExpressionStart(this.#text, start))
      return this.#rawExpression(quote, `attribute ${name}`);
    const end = this.#text.indexOf(quote, start);
    if (end === -1) this.#fail(start, `the value of ${name} in <${element}> is never closed`);
    this.#at = end + 1;
    return this.#literalOrEscaped(this.#text.slice(start, end), start);
  }

  /** An expression in raw form, up to and with the text that has to follow it. */
  #rawExpression(follower: string, what: string): PolicyText {
    const start = this.#at;
    const end = scanExpression(this.#text, start);
    if (end === -1) this.#fail(start, `the expression of ${what} is never closed`);
    this.#at = end;
    if (!this.#take(follower)) this.#fail(end, `${what} mixes an expression and other text`);
    return { value: this.#text.slice(start, end), expression: true, line: this.#lineOf(start) };
  }

  #characters(content: Content): void {
    const start = this.#at;
    this.#space();
    if (!this.#escaped && isExpressionStart(this.#text, this.#at)) {
      content.texts.push(this.#rawExpression("", "the text"));
      return;
    }
    const open = this.#text.indexOf("<", this.#at);
    this.#at = open === -1 ? this.#text.length : open;
    const raw = this.#text.slice(start, this.#at);
    if (raw.trim() !== "") content.texts.push(this.#literalOrEscaped(raw, start));
  }

  #cdata(content: Content): void {
    const start = this.#at + "<![CDATA[".length;
    this.#at = this.#behind("]]>", "the CDATA section is never closed");
    const raw = this.#text.slice(start, this.#at - "]]>".length);
    if (raw !== "") content.texts.push(this.#classified(raw, start));
  }

  /** Content that may be an expression, text, or markup that is kept as it stands. */
  #rawContent(name: string): Content {
    const start = this.#at;
    this.#space();
    if (this.#isPlainContent(name)) {
      this.#at = start;
      return this.#content(name);
    }
    const end = this.#text.indexOf(`</${name}`, this.#at);
    if (end === -1) this.#fail(start, `<${name}> is never closed`);
    this.#at = end;
    this.#endTag(name);
    return {
      children: [],
      texts: [{ value: this.#text.slice(start, end), expression: false, line: this.#lineOf(start) }],
    };
  }

  #isPlainContent(name: string): boolean {
    if (isExpressionStart(this.#text, this.#at) || this.#text.startsWith("<![CDATA[", this.#at)) return true;
    return this.#text.startsWith(`</${name}`, this.#text.indexOf("<", this.#at));
  }

  #endTag(expected: string | null): void {
    const start = this.#at;
    this.#at += 2;
    const name = this.#name("an element name behind </");
    this.#space();
    if (!this.#take(">")) this.#fail(start, `</${name} is not closed by >`);
    if (name !== expected)
      this.#fail(
        start,
        `</${name}> closes nothing; expected ${expected === null ? "an element" : `</${expected}>`}`,
      );
  }

  #literalOrEscaped(raw: string, start: number): PolicyText {
    return this.#classified(decodeEntities(raw), start);
  }

  #classified(value: string, start: number): PolicyText {
    const line = this.#lineOf(start);
    const trimmed = value.trim();
    if (!isExpressionStart(trimmed, 0)) return { value, expression: false, line };
    if (scanExpression(trimmed, 0) !== trimmed.length)
      this.#fail(start, "an expression that is never closed, or other text beside it");
    return { value: trimmed, expression: true, line: line + leadingLines(value) };
  }

  #name(expected: string): string {
    namePattern.lastIndex = this.#at;
    const name = namePattern.exec(this.#text)?.[0];
    if (name === undefined) this.#fail(this.#at, `expected ${expected}`);
    this.#at += name.length;
    return name;
  }

  #space(): void {
    spacePattern.lastIndex = this.#at;
    this.#at += spacePattern.exec(this.#text)?.[0].length ?? 0;
  }

  #take(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  #behind(end: string, problem: string): number {
    const found = this.#text.indexOf(end, this.#at);
    if (found === -1) this.#fail(this.#at, problem);
    return found + end.length;
  }

  #fail(offset: number, problem: string): never {
    throw new ConfigurationError(`${this.#file}:${this.#lineOf(offset)}`, problem);
  }
}

/** White space around an expression is no text of its own; two pieces of text make one literal. */
function joinTexts(texts: readonly PolicyText[]): PolicyText | null {
  const [first, ...rest] = texts;
  if (first === undefined) return null;
  if (rest.length === 0) return first;
  return { value: texts.map(({ value }) => value).join(""), expression: false, line: first.line };
}

function leadingLines(value: string): number {
  return value.slice(0, value.length - value.trimStart().length).split("\n").length - 1;
}
