import { parseIpv4Range, sizeOf } from "../../settings/ipv4-range.ts";
import type { CheckContext } from "../check-context.ts";
import { namesOf } from "../../names.ts";
import { isIdOf, readSubnets, subnetOf, type Subnet } from "../network/network.ts";
import { asList, UnreadableRuleError } from "../network/security-rules.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { Block, StackIndex } from "../stack-index.ts";

/** What each role's subnet is delegated to, and the smallest size that its tenant asks for. */
const ROLES: readonly { role: RegExp; delegation: string | undefined; bits: number }[] = [
  { role: /^gateway$/, delegation: "Microsoft.Web/serverFarms", bits: 27 },
  { role: /-app$/, delegation: "Microsoft.App/environments", bits: 27 },
  { role: /(-endpoint|-data)$|^shared$/, delegation: undefined, bits: 28 },
  { role: /^deployment$/, delegation: undefined, bits: 28 },
];

/** That the subnets are those of the manifest, lie in the network's range, do not overlap, and are each guarded. */
export function checkSubnets({ index, manifest, environment }: CheckContext): StackFinding[] {
  const blocks = index.resources("azurerm_subnet");
  let subnets: Subnet[];
  try {
    subnets = readSubnets(index);
  } catch (error) {
    // Said by the check of reach.
    if (error instanceof UnreadableRuleError) return [];
    throw error;
  }
  const unread = blocks
    .filter((block) => !subnets.some((subnet) => subnet.block === block))
    .map((block) => at(block, "has no address range in CIDR notation"));
  const roles = [
    "gateway",
    "shared",
    "deployment",
    ...manifest.apis.flatMap(({ name }) => [`${name}-app`, `${name}-endpoint`, `${name}-data`]),
  ];
  const missing = roles
    .filter((role) => !subnets.some((subnet) => subnet.role === role))
    .map((role) => ({
      check: CHECK,
      stack: "foundation" as const,
      address: "azurerm_subnet",
      message: `there is no subnet "${role}"`,
    }));
  return [
    ...unread,
    ...missing,
    ...subnets.flatMap((subnet) => [
      ...(roles.includes(subnet.role) ? [] : [at(subnet.block, `nobody needs a subnet "${subnet.role}"`)]),
      ...rangeFindings(index, subnet, subnets),
      ...tenantFindings(subnet),
      ...guardFindings(index, subnet, namesOf(environment).securityGroup(subnet.role)),
    ]),
    ...tenancyFindings(index),
  ];
}

const CHECK = "invariants/subnets";

function rangeFindings(index: StackIndex, subnet: Subnet, all: readonly Subnet[]): StackFinding[] {
  const { block, first, last } = subnet;
  const name = index.text(block.stack, block.body.virtual_network_name);
  const network = index
    .resources("azurerm_virtual_network")
    .find((one) => index.text(one.stack, one.body.name) === name);
  if (!network) return [at(block, "belongs to no virtual network of the stacks")];
  const spaces = asList(index.value(network.stack, network.body.address_space)).flatMap((text) => {
    const range = parseIpv4Range(String(text));
    return range ? [{ first: range.first, last: range.first + sizeOf(range) - 1 }] : [];
  });
  const inside = spaces.some((space) => space.first <= first && last <= space.last);
  const others = all.filter((other) => other !== subnet && other.first <= last && first <= other.last);
  return [
    ...(inside ? [] : [at(block, `its range is not in that of ${network.address}`)]),
    ...others.map((other) => at(block, `its range overlaps that of ${other.block.address}`)),
  ];
}

function tenantFindings({
  block,
  role,
  range,
  delegations,
  endpoints,
  guardsEndpoints,
}: Subnet): StackFinding[] {
  const rule = ROLES.find((one) => one.role.test(role));
  if (!rule) return [];
  const wanted = rule.delegation === undefined ? [] : [rule.delegation];
  const isEndpoints = /(-endpoint|-data)$|^shared$/.test(role);
  return [
    ...(delegations.join() === wanted.join()
      ? []
      : [
          at(
            block,
            `is delegated to ${delegations.join(", ") || "nobody"}, expected ${wanted.join() || "nobody"}`,
          ),
        ]),
    ...(range.bits <= rule.bits
      ? []
      : [at(block, `is a /${range.bits}, expected a /${rule.bits} or larger`)]),
    ...(isEndpoints === endpoints.length > 0
      ? []
      : [
          at(
            block,
            isEndpoints ? "holds no private endpoint" : "holds private endpoints, which belong elsewhere",
          ),
        ]),
    ...(!isEndpoints || guardsEndpoints
      ? []
      : [
          at(
            block,
            "private_endpoint_network_policies has to be NetworkSecurityGroupEnabled, or its rules are not asked",
          ),
        ]),
  ];
}

function guardFindings(index: StackIndex, { block, group, role }: Subnet, name: string): StackFinding[] {
  if (!group) return [at(block, "has no network security group")];
  if (index.text(group.stack, group.body.name) !== name)
    return [at(group, `guards "${role}", so its name should be ${name}`)];
  const shared = index
    .resources("azurerm_subnet_network_security_group_association")
    .filter((one) => isIdOf(index, one, "network_security_group_id", group));
  return shared.length === 1
    ? []
    : [at(block, `the group of "${role}" guards ${shared.length} subnets, expected one`)];
}

/** Who lives in a subnet: each app in its own, and the gateway in its. */
function tenancyFindings(index: StackIndex): StackFinding[] {
  const apps = index.resources("azurerm_function_app_flex_consumption").map((block) => {
    const name = index.text(block.stack, block.body.name) ?? "";
    return {
      block,
      attribute: "virtual_network_subnet_id",
      fits: (role: string) => name.endsWith(`-${role.replace(/-app$/, "")}`),
    };
  });
  const gateways = index.resources("azurerm_api_management").map((block) => ({
    block,
    attribute: "virtual_network_configuration.subnet_id",
    fits: (role: string) => role === "gateway",
  }));
  return [...apps, ...gateways].flatMap(({ block, attribute, fits }) => {
    const subnet = subnetOf(index, block, attribute);
    const role = subnet && index.text(subnet.stack, subnet.body.name);
    return role !== undefined && fits(role)
      ? []
      : [at(block, `${attribute} leads to ${role ?? "no subnet"}, expected the subnet of its own role`)];
  });
}

function at({ stack, address }: Block, message: string): StackFinding {
  return { check: CHECK, stack, address, message };
}
