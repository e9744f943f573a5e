import type { ApiModel, OperationModel, PolicyUse } from "../../model/model.ts";
import { expandFragment } from "../../policies/expand-fragment.ts";
import { SECTION_NAMES, type SectionName } from "../../policies/load-fragments.ts";
import { childElements, type XmlElement, type XmlNode } from "../../policies/xml.ts";
import type { Side } from "../sides/read-side.ts";
import type { NamedValueSettings } from "./named-value-settings.ts";
import { SCOPES, type Scope, type Statement } from "./statement.ts";

/** A side, and the values that its policies name. */
export interface PolicySide {
  readonly side: Side;
  readonly values: NamedValueSettings;
}

/** A statement and the use that binds it. */
interface Bound {
  readonly node: XmlElement;
  readonly use: PolicyUse | undefined;
}

/**
 * The statements that a call of an operation runs through, as `<base />` puts the scopes into one another
 * ("Set or edit API Management policies").
 * @param product whose subscription the call is made with
 */
export function flattenPolicies(
  { side, values }: PolicySide,
  api: ApiModel,
  operation: OperationModel,
  product: string,
): Statement[] {
  const documents = documentsOf(side, api, operation, product);
  return SECTION_NAMES.flatMap((section) => {
    const flatten = (outer: Statement[], scope: Scope): Statement[] => {
      const bound = documents[scope][section];
      return bound ? bound.flatMap((one) => expand(one, { section, scope, values, outer }, [])) : outer;
    };
    return SCOPES.reduce(flatten, []);
  });
}

/** A section that is not written is as good as `<base />` alone. */
type BoundSections = Readonly<Partial<Record<SectionName, readonly Bound[]>>>;
type Documents = Readonly<Record<Scope, BoundSections>>;

function documentsOf(side: Side, api: ApiModel, operation: OperationModel, product: string): Documents {
  const { policies } = side.model;
  const ofApi = policies.apis.get(api.name);
  return {
    global: bind(policies.global, [], side),
    product: bind(policies.products.get(product), [], side),
    api: bind(ofApi?.api, api.policies, side),
    operation: bind(ofApi?.operations.get(operation.operationId), operation.policies, side),
  };
}

/** Says which statement of a document comes from which use: fragments are expanded one after the other. */
function bind(root: XmlElement | undefined, uses: readonly PolicyUse[], { fragments }: Side): BoundSections {
  const expanded = uses.map((use) => [use, expandFragment(use, fragments)] as const);
  const written = root ? childElements(root) : [];
  return Object.fromEntries(
    SECTION_NAMES.flatMap((name) => {
      const section = written.find((child) => child.name === name);
      const owners = expanded.flatMap(([use, own]) => own[name].filter(isElement).map(() => use));
      return section ? [[name, bindStatements(section, owners)]] : [];
    }),
  );
}

function bindStatements(section: XmlElement, owners: readonly PolicyUse[]): Bound[] {
  let next = 0;
  return childElements(section).map((node) => ({
    node,
    use: node.name === "base" ? undefined : owners[next++],
  }));
}

function isElement(node: XmlNode): node is XmlElement {
  return node.kind === "element";
}

interface Context {
  readonly section: SectionName;
  readonly scope: Scope;
  readonly values: NamedValueSettings;
  /** What `<base />` stands for. */
  readonly outer: readonly Statement[];
}

function expand({ node, use }: Bound, context: Context, conditions: readonly string[]): Statement[] {
  const { section, scope, values, outer } = context;
  if (node.name === "base")
    return outer.map((one) => ({ ...one, conditions: [...conditions, ...one.conditions] }));
  if (node.name !== "choose")
    return [{ element: fillValues(node, values), written: node, section, scope, conditions, use }];
  const before: string[] = [];
  return childElements(node).flatMap((branch) => {
    const own = branch.name === "when" ? `when ${conditionOf(branch, values)}` : "otherwise";
    const all = [...conditions, ...before.map((one) => `not ${one}`), own];
    before.push(own);
    return childElements(branch).flatMap((child) => expand({ node: child, use }, context, all));
  });
}

function conditionOf(branch: XmlElement, values: NamedValueSettings): string {
  return fillText(branch.attributes.condition ?? "", values)
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The element with production's values in the place of their names; addresses have none there. */
function fillValues(node: XmlElement, values: NamedValueSettings): XmlElement {
  const attributes = Object.entries(node.attributes).map(([name, value]): [string, string] => [
    name,
    fillText(value, values),
  ]);
  return {
    ...node,
    attributes: Object.fromEntries(attributes),
    children: node.children.map((child): XmlNode => {
      if (child.kind === "element") return fillValues(child, values);
      return child.kind === "text" ? { kind: "text", text: fillText(child.text, values) } : child;
    }),
  };
}

function fillText(text: string, values: NamedValueSettings): string {
  return text.replaceAll(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name: string) => values.get(name) ?? whole);
}
