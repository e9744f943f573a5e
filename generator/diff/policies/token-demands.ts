import { childElements, type XmlElement } from "../../policies/xml.ts";

/** What one kind of condition on a token admits. Each side admits a token that meets all of them. */
export interface TokenDemand {
  /** `audiences`, `the claim scp`. */
  readonly name: string;
  readonly match: "any" | "all";
  /** None: that there is one is enough. */
  readonly values: readonly string[];
}

/** The lists of a token policy of which a token must have one. */
const LISTS: Readonly<Record<string, string>> = {
  audiences: "the audience",
  issuers: "the issuer",
  "client-application-ids": "the client application",
  "backend-application-ids": "the backend application",
};

/** What `validate-jwt`, `validate-azure-ad-token` and their like ask of a token. */
export function readTokenDemands(element: XmlElement): TokenDemand[] {
  return childElements(element).flatMap((child) => {
    const name = LISTS[child.name];
    if (name !== undefined) return [{ name, match: "any", values: childElements(child).map(textOf) }];
    return child.name === "required-claims" ? childElements(child).map(readClaim) : [];
  });
}

function readClaim(claim: XmlElement): TokenDemand {
  const { name = "", match } = claim.attributes;
  return {
    name: `the claim ${name}`,
    match: match === "any" ? "any" : "all",
    values: childElements(claim).map(textOf),
  };
}

/** What is left of a token policy when its demands are taken out. */
export function withoutDemands(element: XmlElement): XmlElement {
  const isDemand = (name: string): boolean => name === "required-claims" || Object.hasOwn(LISTS, name);
  return {
    ...element,
    children: element.children.filter((child) => child.kind !== "element" || !isDemand(child.name)),
  };
}

/** True when every token that meets `known` meets `other`. */
export function isMetWith(other: TokenDemand, known: TokenDemand): boolean {
  if (other.name !== known.name) return false;
  if (other.values.length === 0) return true;
  if (known.values.length === 0) return false;
  if (other.match === "all")
    return (known.match === "all" || known.values.length === 1) && isSubset(other.values, known.values);
  return known.match === "all"
    ? other.values.some((value) => known.values.includes(value))
    : isSubset(known.values, other.values);
}

/** `the audience a or b`. */
export function describeDemand({ name, match, values }: TokenDemand): string {
  return values.length === 0 ? name : `${name} ${values.join(match === "any" ? " or " : " and ")}`;
}

function isSubset(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((value) => whole.includes(value));
}

function textOf(element: XmlElement): string {
  return element.children
    .map((child) => (child.kind === "text" ? child.text : ""))
    .join("")
    .trim();
}
