import { parseIpv4Range, sizeOf } from "../../settings/ipv4-range.ts";
import type { Block, StackIndex } from "../stack-index.ts";

/** A rule of a network security group, in Azure's terms. */
export interface SecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly allows: boolean;
  /** `Tcp`, `Udp`, `Icmp` or `*`. */
  readonly protocol: string;
  readonly sources: readonly Addresses[];
  readonly destinations: readonly Addresses[];
  readonly sourcePorts: readonly Interval[];
  readonly destinationPorts: readonly Interval[];
}

/** Addresses by number, or by a service tag such as `VirtualNetwork` or `Storage`. `*` is the tag for all. */
export type Addresses = Interval | { readonly tag: string };

/** Both ends belong to it. */
export interface Interval {
  readonly first: number;
  readonly last: number;
}

/** Thrown for a rule that cannot be judged, since nobody knows what it would allow. */
export class UnreadableRuleError extends Error {
  override readonly name = "UnreadableRuleError";
}

/**
 * The rules of a group, written in it or beside it.
 * @throws {UnreadableRuleError}
 */
export function rulesOf(index: StackIndex, group: Block): SecurityRule[] {
  const inside = blocksAt(group.body, "security_rule");
  const beside = index
    .resources("azurerm_network_security_rule")
    .filter(
      (rule) =>
        index.text(rule.stack, rule.body.network_security_group_name) ===
        index.text(group.stack, group.body.name),
    );
  return [
    ...inside.map((rule) => readRule((raw) => index.value(group.stack, raw), rule)),
    ...beside.map(({ stack, body }) => readRule((raw) => index.value(stack, raw), body)),
  ];
}

/** What Azure adds to each group (https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview). */
export const DEFAULT_RULES: readonly SecurityRule[] = [
  defaultRule("AllowVnetInBound", 65000, "Inbound", true, "VirtualNetwork", "VirtualNetwork"),
  defaultRule("AllowAzureLoadBalancerInBound", 65001, "Inbound", true, "AzureLoadBalancer", "*"),
  defaultRule("DenyAllInBound", 65500, "Inbound", false, "*", "*"),
  defaultRule("AllowVnetOutBound", 65000, "Outbound", true, "VirtualNetwork", "VirtualNetwork"),
  defaultRule("AllowInternetOutBound", 65001, "Outbound", true, "*", "Internet"),
  defaultRule("DenyAllOutBound", 65500, "Outbound", false, "*", "*"),
];

function defaultRule(
  name: string,
  priority: number,
  direction: SecurityRule["direction"],
  allows: boolean,
  source: string,
  destination: string,
): SecurityRule {
  return {
    name,
    priority,
    direction,
    allows,
    protocol: "*",
    sources: [{ tag: source }],
    destinations: [{ tag: destination }],
    sourcePorts: [{ first: 0, last: 65535 }],
    destinationPorts: [{ first: 0, last: 65535 }],
  };
}

type Evaluate = (raw: unknown) => unknown;

function readRule(valueOf: Evaluate, body: Block["body"]): SecurityRule {
  const name = String(valueOf(body.name));
  const fail = (what: string): never => {
    throw new UnreadableRuleError(`the rule ${name}: ${what}`);
  };
  const texts = (singular: string): string[] => {
    const given = [...asList(valueOf(body[singular])), ...asList(valueOf(pluralOf(body, singular)))].flat();
    if (given.length === 0) fail(`${singular} is missing`);
    return given.map((one) => (typeof one === "string" ? one : fail(`${singular} is known only in Azure`)));
  };
  const { priority, direction, access, protocol } = body;
  if (typeof priority !== "number") return fail("priority is no number");
  if (direction !== "Inbound" && direction !== "Outbound")
    return fail("direction is neither Inbound nor Outbound");
  if (access !== "Allow" && access !== "Deny") return fail("access is neither Allow nor Deny");
  const addresses = (singular: string) => texts(singular).map((text) => readAddresses(text, fail));
  const ports = (singular: string) => texts(singular).map((text) => readPorts(text, fail));
  return {
    name,
    priority,
    direction,
    allows: access === "Allow",
    protocol: String(protocol),
    sources: addresses("source_address_prefix"),
    destinations: addresses("destination_address_prefix"),
    sourcePorts: ports("source_port_range"),
    destinationPorts: ports("destination_port_range"),
  };
}

function pluralOf(body: Block["body"], singular: string): unknown {
  return body[singular.replace(/prefix$/, "prefixes").replace(/range$/, "ranges")];
}

function readAddresses(text: string, fail: (what: string) => never): Addresses {
  if (text === "*" || text === "0.0.0.0/0") return { tag: "*" };
  if (/^[A-Za-z][\w.]*$/.test(text)) return { tag: text };
  const range = parseIpv4Range(text.includes("/") ? text : `${text}/32`);
  return range
    ? { first: range.first, last: range.first + sizeOf(range) - 1 }
    : fail(`"${text}" is no range`);
}

function readPorts(text: string, fail: (what: string) => never): Interval {
  if (text === "*") return { first: 0, last: 65535 };
  const [first, last = first] = text.split("-").map(Number);
  const fits = first !== undefined && last !== undefined && first >= 0 && first <= last && last <= 65535;
  return fits ? { first, last } : fail(`"${text}" is no range of ports`);
}

/** A block written alone is a list of one. */
export function asList(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The blocks at an attribute. */
export function blocksAt(body: Block["body"], name: string): Block["body"][] {
  return asList(body[name]) as Block["body"][];
}
