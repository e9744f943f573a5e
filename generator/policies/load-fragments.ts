import { basename } from "node:path";
import { refuse } from "../finding.ts";
import type { Sources } from "../load/sources.ts";
import { childElements, parseXml, type XmlElement, type XmlNode } from "./xml.ts";

/** The sections of a policy document, in their order. */
export const SECTION_NAMES = ["inbound", "backend", "outbound", "on-error"] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

/** Statements by section. */
export type Sections = Readonly<Record<SectionName, readonly XmlNode[]>>;

/** A macro of `apim-policies/fragments/`: policy statements with parameters. */
export interface Fragment {
  /** `rate-limit` of `apim-policies/fragments/rate-limit.xml`. */
  readonly name: string;
  readonly file: string;
  readonly parameters: ReadonlyMap<string, FragmentParameter>;
  readonly sections: Sections;
}

export interface FragmentParameter {
  /** `undefined` when the parameter is required. */
  readonly default: string | undefined;
}

/**
 * Reads every fragment.
 * @throws {ContractError} naming the element that is not what a fragment holds
 */
export function loadFragments(sources: Sources): Map<string, Fragment> {
  const files = sources.list("apim-policies/fragments", ".xml");
  const fragments = files.map((file) => readFragment(file, parseXml(file, sources.text(file))));
  return new Map(fragments.map((fragment) => [fragment.name, fragment]));
}

function readFragment(file: string, root: XmlElement): Fragment {
  if (root.name !== "macro")
    refuse(root.at, "policy/fragment", `a fragment is a <macro>, not a <${root.name}>`);
  const known: readonly string[] = ["parameter", ...SECTION_NAMES];
  const unknown = childElements(root).find(({ name }) => !known.includes(name));
  if (unknown) refuse(unknown.at, "policy/fragment", `<${unknown.name}> has no place in a <macro>`);
  return {
    name: basename(file, ".xml"),
    file,
    parameters: new Map(
      childElements(root)
        .filter(({ name }) => name === "parameter")
        .map(readParameter),
    ),
    sections: readSections(root),
  };
}

function readParameter({ attributes, at }: XmlElement): [string, FragmentParameter] {
  const { name, required, default: byDefault } = attributes;
  if (!name) refuse(at, "policy/fragment", "a <parameter> needs a name");
  if ((required === "true") === (byDefault !== undefined)) {
    refuse(at, "policy/fragment", `parameter ${name} is either required="true" or has a default`);
  }
  return [name, { default: byDefault }];
}

/** The statements of each section that a `<macro>` or a `<policies>` element holds. */
export function readSections(root: XmlElement): Sections {
  const of = (name: SectionName): readonly XmlNode[] =>
    childElements(root).find((child) => child.name === name)?.children ?? [];
  return {
    inbound: of("inbound"),
    backend: of("backend"),
    outbound: of("outbound"),
    "on-error": of("on-error"),
  };
}
