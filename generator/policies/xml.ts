import { SaxesParser } from "saxes";
import { refuse, type Position } from "../finding.ts";

export type XmlNode = XmlElement | XmlText | XmlComment;

export interface XmlElement {
  readonly kind: "element";
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly at: Position;
}

export interface XmlText {
  readonly kind: "text";
  readonly text: string;
}

export interface XmlComment {
  readonly kind: "comment";
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: XmlNode[];
}

/**
 * Reads a well-formed XML document (APIM's format `xml`: expressions with their entities escaped).
 * @param file its name in findings
 * @throws {ContractError} `xml/syntax`
 */
export function parseXml(file: string, source: string): XmlElement {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const at = (): Position => ({ file, line: parser.line, column: parser.column + 1 });
  // The parser tells of a tag when it has read its name and one character more.
  const startOfTag = (name: string): Position => positionOf(file, source, parser.position - name.length - 2);
  const stack: OpenElement[] = [];
  let start: Position = at();
  let root: XmlElement | undefined;
  parser.on("error", (error) => refuse(at(), "xml/syntax", error.message.replace(/^\d+:\d+: /, "")));
  parser.on("doctype", () => refuse(at(), "xml/syntax", "a document type has no place here"));
  parser.on("opentagstart", ({ name }) => (start = startOfTag(name)));
  parser.on("opentag", ({ name, attributes }) => {
    const element: OpenElement = { kind: "element", name, attributes, children: [], at: start };
    stack.at(-1)?.children.push(element);
    stack.push(element);
  });
  parser.on("closetag", () => (root = stack.pop()));
  parser.on("text", (text) => stack.at(-1)?.children.push({ kind: "text", text }));
  parser.on("cdata", (text) => stack.at(-1)?.children.push({ kind: "text", text }));
  parser.on("comment", (text) => stack.at(-1)?.children.push({ kind: "comment", text: text.trim() }));
  parser.write(source).close();
  return root ?? refuse(at(), "xml/syntax", "the document is empty");
}

function positionOf(file: string, source: string, offset: number): Position {
  const before = source.slice(0, offset).split("\n");
  return { file, line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** The elements among the children of one. */
export function childElements(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => child.kind === "element");
}

/** An element that the generator makes itself. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly XmlNode[] = [],
): XmlElement {
  return { kind: "element", name, attributes, children, at: { file: "generator", line: 1, column: 1 } };
}

/** Every element of a tree, the root first. */
export function* walkElements(root: XmlElement): Generator<XmlElement> {
  yield root;
  for (const child of childElements(root)) yield* walkElements(child);
}

/** Writes an element with two spaces a level. Text stays on the line of its element and keeps its own lines. */
export function printXml(root: XmlElement, indent = ""): string {
  const { name, attributes } = root;
  const open = [
    name,
    ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeAttribute(value)}"`),
  ].join(" ");
  const children = root.children.filter((child) => child.kind !== "text" || child.text.trim() !== "");
  if (children.length === 0) return `${indent}<${open} />\n`;
  const hasText = children.some((child) => child.kind === "text");
  const content = hasText
    ? inline(root).trim()
    : `\n${children.map((child) => printBlock(child, `${indent}  `)).join("")}${indent}`;
  return `${indent}<${open}>${content}</${name}>\n`;
}

function printBlock(node: XmlNode, indent: string): string {
  if (node.kind === "element") return printXml(node, indent);
  return node.kind === "comment" ? `${indent}<!-- ${node.text} -->\n` : `${indent}${escapeText(node.text)}\n`;
}

/** Mixed content: white space is part of it and stays as it was. */
function inline(element: XmlElement): string {
  return element.children
    .map((child) => {
      if (child.kind === "text") return escapeText(child.text);
      return child.kind === "comment" ? `<!-- ${child.text} -->` : printXml(child).trim();
    })
    .join("");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function escapeAttribute(value: string): string {
  return escapeText(value).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
}
