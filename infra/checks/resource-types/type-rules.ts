import type { CheckContext } from "../check-context.ts";

/**
 * What we allow of a type of resource. Every type in the stacks has rules, and every attribute that is set stands in one of
 * them, so that nothing new slips through unjudged.
 */
export interface TypeRules {
  /** Its name in Azure; null for a type whose name is that of something else, or has none. */
  readonly name: NameRule | null;
  /** What has to be set for safety, and to what. `none` for a type that has no such switch. */
  readonly switches: Readonly<Record<string, Expected>> | "none";
  /** What else has to be set. */
  readonly values?: Readonly<Record<string, Expected>>;
  /** What may be left out, but not be anything else. */
  readonly optional?: Readonly<Record<string, Expected>>;
  /** What may be anything, or is judged by a check of its own: the reason, or the check. */
  readonly free?: Readonly<Record<string, string>>;
}

/** Lengths and characters (https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules). */
export interface NameRule {
  readonly attribute: string;
  readonly min: number;
  readonly max: number;
  readonly pattern: RegExp;
  /** The attributes that, with the name, no two may share; empty when the name is unique in Azure. */
  readonly within: readonly string[];
}

/** What an attribute may be. A list allows each of its members. */
export type Expected =
  | string
  | number
  | boolean
  | RegExp
  | { readonly min: number; readonly max: number }
  /** A list of exactly these. */
  | { readonly all: readonly string[] }
  /** A reference to an attribute of a type: `azurerm_subnet.id`. */
  | { readonly to: string }
  | ((context: CheckContext) => Expected)
  | readonly Expected[];

/** A reference to an attribute, written `azurerm_subnet.id`. */
export function to(attribute: string): Expected {
  return { to: attribute };
}

/** The environment's region, or that of the resource group. */
export const REGION: Expected = [({ environment }) => environment.azure.region];

/** The name of the resource group. */
export const GROUP = nameOf("azurerm_resource_group");
/** The name of the virtual network. */
export const NETWORK = nameOf("azurerm_virtual_network");
/** The name of API Management. */
export const GATEWAY = nameOf("azurerm_api_management");

/** Where most resources are. */
export const PLACED = { resource_group_name: GROUP, location: REGION } as const;

/** The name of the resource of a type, whether it is written out or referred to. */
export function nameOf(type: string, attribute = "name"): Expected {
  return ({ index }) =>
    index.resources(type).flatMap(({ stack, body }) => index.text(stack, body[attribute]) ?? []);
}
