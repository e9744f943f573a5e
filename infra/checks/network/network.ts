import { parseIpv4Range, sizeOf, type Ipv4Range } from "../../settings/ipv4-range.ts";
import type { Block, StackIndex } from "../stack-index.ts";
import { valuesAt } from "../values-at.ts";
import { asList, blocksAt, DEFAULT_RULES, rulesOf, type SecurityRule } from "./security-rules.ts";

/** A subnet with everything that decides who may reach what in it. */
export interface Subnet {
  /** Its name, which is its role: `gateway`, `patient-app`. */
  readonly role: string;
  readonly block: Block;
  readonly first: number;
  readonly last: number;
  readonly range: Ipv4Range;
  /** Undefined when it has no security group: then everything is allowed. */
  readonly group: Block | undefined;
  /** By priority, Azure's own at the end. */
  readonly rules: readonly SecurityRule[];
  /** Whether the group's rules hold for private endpoints in it. */
  readonly guardsEndpoints: boolean;
  /** The private endpoints in it. */
  readonly endpoints: readonly Block[];
  /** Such as `Microsoft.Web/serverFarms`. */
  readonly delegations: readonly string[];
}

/**
 * Reads the subnets of the stacks. One whose range is unknown is left out: `checkSubnets` reports it.
 * @throws {UnreadableRuleError}
 */
export function readSubnets(index: StackIndex): Subnet[] {
  const associations = index.resources("azurerm_subnet_network_security_group_association");
  return index.resources("azurerm_subnet").flatMap((block) => {
    const [prefix] = asList(index.value(block.stack, block.body.address_prefixes));
    const range = typeof prefix === "string" ? parseIpv4Range(prefix) : undefined;
    if (!range) return [];
    const own = associations.find((one) => isIdOf(index, one, "subnet_id", block));
    const group = own && index.target(own.stack, own.body.network_security_group_id)?.block;
    const policies = block.body.private_endpoint_network_policies;
    return [
      {
        role: index.text(block.stack, block.body.name) ?? block.name,
        block,
        first: range.first,
        last: range.first + sizeOf(range) - 1,
        range,
        group,
        rules: group ? sortedRules(rulesOf(index, group)) : [],
        guardsEndpoints: policies === "NetworkSecurityGroupEnabled" || policies === "Enabled",
        endpoints: index
          .resources("azurerm_private_endpoint")
          .filter((endpoint) => subnetOf(index, endpoint, "subnet_id") === block),
        delegations: blocksAt(block.body, "delegation").flatMap((one) =>
          blocksAt(one, "service_delegation").map(({ name }) => String(name)),
        ),
      },
    ];
  });
}

/** The subnet that an attribute names, by its id. */
export function subnetOf(index: StackIndex, from: Block, attribute: string): Block | undefined {
  const [raw] = valuesAt(from.body, attribute.split("."));
  const target = index.target(from.stack, raw);
  return target?.block.type === "azurerm_subnet" && target.attribute === "id" ? target.block : undefined;
}

/** Whether an attribute of one block is the id of another. */
export function isIdOf(index: StackIndex, from: Block, attribute: string, to: Block): boolean {
  const target = index.target(from.stack, from.body[attribute]);
  return target?.block === to && target.attribute === "id";
}

function sortedRules(rules: readonly SecurityRule[]): SecurityRule[] {
  return [...rules, ...DEFAULT_RULES].sort((a, b) => a.priority - b.priority);
}
