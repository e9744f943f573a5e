import type { StackDocument, TerraformBlock } from "../stack-document.ts";

/**
 * The stacks as a text that people review: one resource a paragraph, one attribute a line. Texts that have a place of their own
 * in `generated/` are left out, so that this one changes when the infrastructure does.
 */
export function snapshotText(stacks: readonly StackDocument[]): string {
  return `${stacks.map(stackText).join("\n\n")}\n`;
}

function stackText({ name, document, assets }: StackDocument): string {
  return [
    `==== ${name}`,
    ...paragraphs("", document.resource ?? {}),
    ...paragraphs("data ", document.data ?? {}),
    [`outputs`, ...Object.keys(document.output ?? {}).map(shortened)].join("\n  "),
    [`files`, ...assets.keys()].join("\n  "),
  ].join("\n\n");
}

function paragraphs(
  kind: string,
  byType: Readonly<Record<string, Readonly<Record<string, TerraformBlock>>>>,
) {
  const shown = Object.entries(byType).filter(([type]) => type !== OPERATION_POLICY);
  return shown.map(([type, named]) =>
    Object.entries(named)
      .map(([name, body]) => paragraph(`${kind}${type.replace(/^azurerm_/, "")} ${name}`, bodyLines(body)))
      .join("\n"),
  );
}

/** One for each operation that binds a policy: the contract's, reviewed there. An operation is added without a change here. */
const OPERATION_POLICY = "azurerm_api_management_api_operation_policy";

function paragraph(head: string, lines: readonly string[]): string {
  const line = [head, lines.join(", ")].join(": ");
  return line.length <= WIDTH && !lines.some((one) => one.startsWith(" "))
    ? line
    : [head, ...lines].join("\n  ");
}

const WIDTH = 140;

/** The same for every resource, and checked elsewhere. */
const ATTRIBUTES_OF_ALL = new Set([
  "api_management_name",
  "location",
  "principal_type",
  "resource_group_name",
  "skip_service_principal_aad_check",
]);

function bodyLines(body: TerraformBlock): string[] {
  return Object.entries(body)
    .filter(([attribute]) => !ATTRIBUTES_OF_ALL.has(attribute))
    .flatMap(([attribute, value]) => linesOf(attribute, value));
}

function linesOf(attribute: string, value: unknown): string[] {
  if (attribute === "security_rule" && Array.isArray(value))
    return value.map((rule) => ruleText(rule as Rule));
  const line = `${attribute} = ${textOf(value)}`;
  if (line.length <= WIDTH || typeof value !== "object" || value === null) return [line];
  const members = Array.isArray(value)
    ? value.map((member) => `- ${textOf(member)}`)
    : Object.entries(value).flatMap(([member, inner]) => linesOf(member, inner));
  return [attribute, ...members.map((member) => `  ${member}`)];
}

function textOf(value: unknown): string {
  if (typeof value === "string") return shortened(value);
  if (Array.isArray(value)) return `[${value.map(textOf).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([member, inner]) => `${member} = ${textOf(inner)}`)
    .join(", ")}}`;
}

/** A reference to another stack by what it leads to, and a long text by its being long. */
function shortened(text: string): string {
  const reference =
    /\$\{data\.terraform_remote_state\.cross-stack-reference-input-(\w+)\.outputs\.cross-stack-output-([\w-]+)\}/g;
  const readable = text.replace(reference, "<$1: $2>").replace(/^cross-stack-output-/, "");
  return readable.includes("\n") || readable.length > LONGEST ? "<text>" : readable;
}

/** Beyond that nobody reads a line of it. */
const LONGEST = 1_000;

interface Rule {
  readonly priority: number;
  readonly direction: string;
  readonly access: string;
  readonly protocol: string;
  readonly source_address_prefix: string;
  readonly destination_address_prefix: string;
  readonly destination_port_range: string;
  readonly name: string;
}

function ruleText(rule: Rule): string {
  const { source_address_prefix: from, destination_address_prefix: to, destination_port_range: port } = rule;
  const number = String(rule.priority).padStart(4);
  return `${number} ${rule.direction} ${rule.access} ${rule.protocol} ${from} -> ${to}:${port} (${rule.name})`;
}
