import type { NetworkSecurityGroupSecurityRule } from "@cdktf/provider-azurerm/lib/network-security-group/index.js";
import { SERVICE_TAGS } from "./flows.ts";
import type { Flow } from "./flows.ts";
import type { SubnetPlan } from "./subnets.ts";

type Direction = "Inbound" | "Outbound";

const FIRST_PRIORITY = 100;
/** The last that one's own rules may have: behind it come Azure's, which let a network speak with itself. */
const LAST_PRIORITY = 4096;

/** The rules of one subnet: one for each port of each flow from or to it, and in both directions an end to all else. */
export function securityRules(
  role: string,
  subnets: readonly SubnetPlan[],
  flows: readonly Flow[],
): NetworkSecurityGroupSecurityRule[] {
  const addresses = (party: string) => addressesOf(party, subnets);
  const here = addresses(role);
  const inbound = opened(flows.filter(({ to }) => to === role));
  const outbound = opened(flows.filter(({ from }) => from === role));
  return [
    ...inbound.map(({ from, port }, index) =>
      rule("Inbound", `from-${from}-${port}`, index, { from: addresses(from), to: here, port: String(port) }),
    ),
    denyAll("Inbound"),
    ...outbound.map(({ to, port }, index) =>
      rule("Outbound", `to-${to}-${port}`, index, { from: here, to: addresses(to), port: String(port) }),
    ),
    denyAll("Outbound"),
  ];
}

function opened(flows: readonly Flow[]) {
  return flows.flatMap(({ from, to, ports }) => ports.map((port) => ({ from, to, port })));
}

function addressesOf(party: string, subnets: readonly SubnetPlan[]): string {
  const subnet = subnets.find(({ role }) => role === party);
  if (subnet) return subnet.range;
  if (SERVICE_TAGS.includes(party)) return party;
  throw new Error(`A flow names ${party}, which is neither a subnet nor a service tag.`);
}

function rule(
  direction: Direction,
  name: string,
  index: number,
  { from, to, port }: { from: string; to: string; port: string },
): NetworkSecurityGroupSecurityRule {
  return {
    name: `allow-${name}`,
    direction,
    access: "Allow",
    priority: FIRST_PRIORITY + 10 * index,
    protocol: "Tcp",
    sourceAddressPrefix: from,
    sourcePortRange: "*",
    destinationAddressPrefix: to,
    destinationPortRange: port,
  };
}

function denyAll(direction: Direction): NetworkSecurityGroupSecurityRule {
  return {
    name: `deny-all-${direction.toLowerCase()}`,
    direction,
    access: "Deny",
    priority: LAST_PRIORITY,
    protocol: "*",
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "*",
  };
}
