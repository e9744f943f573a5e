import { ContractError, refuse, type Finding } from "../finding.ts";
import type { PolicyUse } from "../model/model.ts";
import { SECTION_NAMES, type Fragment, type SectionName, type Sections } from "./load-fragments.ts";
import type { XmlElement, XmlNode } from "./xml.ts";

/**
 * The statements of a fragment with its parameters filled in. Parameters are filled into the parsed tree, so a value can
 * never become markup.
 * @throws {ContractError} `policy/unknown-fragment`, `policy/unknown-parameter`, `policy/missing-parameter` at the use,
 * `policy/placeholder` in the fragment
 */
export function expandFragment(use: PolicyUse, fragments: ReadonlyMap<string, Fragment>): Sections {
  const fragment = fragments.get(use.fragment);
  if (!fragment) {
    const known = [...fragments.keys()].join(", ");
    refuse(use.at, "policy/unknown-fragment", `there is no fragment ${use.fragment}; known: ${known}`);
  }
  const values = parameterValues(use, fragment);
  const expand = (section: SectionName): XmlNode[] =>
    fragment.sections[section].map((node) => fill(node, values, { use, fragment }));
  return {
    inbound: expand("inbound"),
    backend: expand("backend"),
    outbound: expand("outbound"),
    "on-error": expand("on-error"),
  };
}

/** Several fragments, one after the other. */
export function expandFragments(
  uses: readonly PolicyUse[],
  fragments: ReadonlyMap<string, Fragment>,
): Sections {
  const expanded = uses.map((use) => expandFragment(use, fragments));
  const join = (name: SectionName): XmlNode[] => expanded.flatMap((sections) => sections[name]);
  return {
    inbound: join("inbound"),
    backend: join("backend"),
    outbound: join("outbound"),
    "on-error": join("on-error"),
  };
}

/** What is wrong with a use of a fragment, if anything. */
export function checkUse(use: PolicyUse, fragments: ReadonlyMap<string, Fragment>): readonly Finding[] {
  try {
    expandFragment(use, fragments);
    return [];
  } catch (error) {
    if (error instanceof ContractError) return error.findings;
    throw error;
  }
}

/** True when a section of an expansion has statements. */
export function hasStatements(sections: Sections): boolean {
  return SECTION_NAMES.some((name) => sections[name].some(({ kind }) => kind === "element"));
}

function parameterValues(use: PolicyUse, fragment: Fragment): Map<string, string> {
  const known = [...fragment.parameters.keys()];
  const unknown = Object.keys(use.parameters).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = `${fragment.name} has no parameter ${unknown}; known: ${known.join(", ") || "none"}`;
    refuse(use.at, "policy/unknown-parameter", message);
  }
  return new Map(
    [...fragment.parameters].map(([name, parameter]) => {
      const value = use.parameters[name] ?? parameter.default;
      if (value === undefined)
        refuse(use.at, "policy/missing-parameter", `${fragment.name} needs the parameter ${name}`);
      return [name, value];
    }),
  );
}

interface Context {
  readonly use: PolicyUse;
  readonly fragment: Fragment;
}

function fill(node: XmlNode, values: ReadonlyMap<string, string>, context: Context): XmlNode {
  if (node.kind === "comment") return node;
  if (node.kind === "text") return { kind: "text", text: fillText(node.text, values, context, undefined) };
  const attributes = Object.entries(node.attributes).map(([name, value]): [string, string] => [
    name,
    fillText(value, values, context, node),
  ]);
  return {
    ...node,
    attributes: Object.fromEntries(attributes),
    children: node.children.map((child) => fill(child, values, context)),
  };
}

const IS_EXPRESSION = /^\s*@[({]/;

/** What can stand inside a C# string without ending it. */
const SAFE_IN_EXPRESSION = /^[\w .,:/{}-]*$/;

function fillText(
  text: string,
  values: ReadonlyMap<string, string>,
  { use, fragment }: Context,
  element: XmlElement | undefined,
): string {
  const isExpression = IS_EXPRESSION.test(text);
  const filled = text.replaceAll(/\[\[([^\]]*)\]\]/g, (placeholder, name: string) => {
    const value = values.get(name);
    const at = element?.at ?? { file: fragment.file, line: 1, column: 1 };
    if (value === undefined)
      refuse(at, "policy/placeholder", `${placeholder} names no parameter of ${fragment.name}`);
    if (isExpression && !SAFE_IN_EXPRESSION.test(value)) {
      refuse(
        use.at,
        "policy/unsafe-parameter",
        `the value of ${name} could end the expression that it becomes part of`,
      );
    }
    return value;
  });
  if (!isExpression && IS_EXPRESSION.test(filled))
    refuse(use.at, "policy/unsafe-parameter", "a value would become an expression");
  return filled;
}
